package org.tocsin.commands;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tocsin.channels.email.dkim.DkimExamination;
import org.tocsin.channels.email.dkim.NewDkimKeys;
import org.tocsin.channels.email.dkim.PublishedKey;
import org.tocsin.platform.config.Settings.Dkim;
import org.tocsin.platform.config.Settings.DkimKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes keys that sign mail, and says what to do with them. */
@Command(
    name = "dkim",
    description = {
      "Make two new keys that sign mail (DKIM), and print what to publish of them in the DNS.",
      "The files go to data_dir/dkim; nothing signs with them until the settings name them."
    },
    mixinStandardHelpOptions = true)
final class DkimKeysCommand implements Callable<Integer> {
  private static final String FOLDER = "dkim";

  @Mixin private final SettingsOption settings = new SettingsOption();
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--domain", required = true, description = "That of mail.from, or above it.")
  private String domain = "";

  @Option(
      names = "--selector",
      required = true,
      description = "A name that no older key has, such as 2026a.")
  private String selector = "";

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("picocli fills this in");
    }
    Dkim made = NewDkimKeys.make(settings.load().dataDir().resolve(FOLDER), domain, selector);
    PrintWriter out = spec.commandLine().getOut();
    out.println("1. Publish these records, each on one line:");
    for (PublishedKey key : new DkimExamination(made).records()) {
      out.printf("%n%s%n", key.zoneLine());
    }
    out.printf("%n2. Name the keys in the settings, and start the hub again:%n%n");
    out.printf("smtp:%n  dkim:%n    domain: %s%n", made.domain());
    made.rsa().ifPresent(key -> print(out, "rsa", key));
    made.ed25519().ifPresent(key -> print(out, "ed25519", key));
    out.printf("%n3. Compare both:  tocsin doctor%n");
    out.flush();
    return 0;
  }

  private static void print(PrintWriter out, String kind, DkimKey key) {
    out.printf("    %s_selector: %s%n    %s_key: %s%n", kind, key.selector(), kind, key.file());
  }
}
