package org.tocsin.channels.email.dkim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tocsin.platform.config.InvalidSettings;
import org.tocsin.platform.config.Settings.Dkim;
import org.tocsin.platform.config.Settings.DkimKey;

/** Looks at the keys that sign mail and at what is published of them. */
public final class DkimExamination {
  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Dkim dkim;
  private final TxtRecords dns;

  public DkimExamination(Dkim dkim) {
    this(dkim, TxtRecords.ofThisMachine());
  }

  DkimExamination(Dkim dkim, TxtRecords dns) {
    this.dkim = dkim;
    this.dns = dns;
  }

  /** What is wrong with the files. */
  public List<String> files() {
    List<String> problems = new ArrayList<>();
    try {
      KeyFiles.read(dkim);
    } catch (InvalidSettings unusable) {
      problems.addAll(unusable.problems());
    }
    dkim.rsa().flatMap(key -> openToOthers(KeyFiles.RSA_KEY, key)).ifPresent(problems::add);
    dkim.ed25519().flatMap(key -> openToOthers(KeyFiles.ED25519_KEY, key)).ifPresent(problems::add);
    return problems;
  }

  private static Optional<String> openToOthers(String setting, DkimKey key) {
    if (Files.notExists(key.file())) {
      return Optional.empty();
    }
    try {
      Set<PosixFilePermission> open = EnumSet.copyOf(OF_OTHERS);
      open.retainAll(Files.getPosixFilePermissions(key.file()));
      return open.isEmpty()
          ? Optional.empty()
          : Optional.of(setting + " is open to others: chmod 600 " + key.file());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(setting + " cannot be looked at", unreadable);
    }
  }

  /** What should be published; nothing of keys that cannot be used. */
  public List<PublishedKey> records() {
    try {
      return KeyFiles.read(dkim).stream().map(key -> PublishedKey.of(dkim.domain(), key)).toList();
    } catch (InvalidSettings unusable) {
      return List.of();
    }
  }

  /** What is wrong with the record, and what it should be. */
  public List<String> published(PublishedKey key) {
    List<String> texts;
    try {
      texts = dns.under(key.name());
    } catch (UnknownHostException unanswered) {
      return List.of("the DNS does not answer: " + unanswered.getMessage());
    }
    if (texts.size() > 1) {
      return List.of("has " + texts.size() + " TXT records; receivers take none of them");
    }
    if (texts.isEmpty()) {
      return List.of("is not published; publish " + key.zoneLine());
    }
    List<String> tags = Stream.of(texts.getFirst().replaceAll("\\s", "").split(";")).toList();
    return tags.contains("p=" + key.key()) && isOfKind(tags, key.kind())
        ? List.of()
        : List.of("holds another key; publish " + key.zoneLine());
  }

  /** Without a kind it is RSA. */
  private static boolean isOfKind(List<String> tags, String kind) {
    return tags.contains("k=" + kind)
        || (kind.equals("rsa") && tags.stream().noneMatch(tag -> tag.startsWith("k=")));
  }
}
