package org.tocsin.channels.email;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.channels.email.dkim.DkimSigner;
import org.tocsin.platform.config.Settings;

/** Prints a letter once for a reader who is made up: whatever cannot be sent is found here. */
final class Proof {
  private static final MailAddress READER = new MailAddress("reader", "reader.invalid");

  private final MailSender sender;
  private final DkimSigner unsigned = DkimSigner.of(Optional.empty());

  Proof(Settings settings) {
    this.sender = MailSender.of(settings);
  }

  /** Empty if all is well; each fault names the offence, not the mail's words. */
  List<String> faults(MailContent mail) {
    List<String> faults = new ArrayList<>(MailLint.faults(mail));
    Map<String, String> reader = new LinkedHashMap<>();
    mail.holes().forEach(hole -> reader.put(hole, value(hole)));
    try {
      new MailForm(sender, unsigned, mail).print("proof", READER, reader, Instant.EPOCH);
    } catch (Unsendable unsendable) {
      faults.add(String.valueOf(unsendable.getMessage()));
    }
    return faults;
  }

  private static String value(String hole) {
    return hole.endsWith("url")
        ? "https://reader.invalid/" + "x".repeat(60)
        : hole.replace('_', '-');
  }
}
