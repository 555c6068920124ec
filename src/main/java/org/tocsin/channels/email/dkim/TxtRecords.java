package org.tocsin.channels.email.dkim;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks the DNS for the texts under a name. */
final class TxtRecords {
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final Resolver resolver;

  TxtRecords(Resolver resolver) {
    this.resolver = resolver;
    resolver.setTimeout(DEADLINE);
  }

  /** By the servers that this machine asks for everything. */
  static TxtRecords ofThisMachine() {
    return new TxtRecords(new ExtendedResolver());
  }

  /**
   * One text a record, its strings joined.
   *
   * @throws UnknownHostException where nobody answers
   */
  List<String> under(String name) throws UnknownHostException {
    Lookup lookup;
    try {
      lookup = new Lookup(name + ".", Type.TXT);
    } catch (TextParseException noName) {
      throw new IllegalArgumentException(name + " is no name in the DNS", noName);
    }
    lookup.setResolver(resolver);
    lookup.setCache(null);
    lookup.run();
    return switch (lookup.getResult()) {
      case Lookup.SUCCESSFUL ->
          Arrays.stream(lookup.getAnswers())
              .map(record -> String.join("", ((TXTRecord) record).getStrings()))
              .toList();
      case Lookup.HOST_NOT_FOUND, Lookup.TYPE_NOT_FOUND -> List.of();
      default -> throw new UnknownHostException(lookup.getErrorString());
    };
  }
}
