package org.tocsin.access;

import java.util.List;
import java.util.Optional;
import org.tocsin.platform.address.SourceNetwork;
import org.tocsin.platform.crypto.Secrets;

/**
 * Who asks at a door, known or not.
 *
 * @param browser the secret of the cookie set when something was asked for; may be empty
 * @param marks of those who came in by this browser before
 */
public record Asker(SourceNetwork network, String browser, List<Mark> marks) {
  public Asker {
    marks = List.copyOf(marks);
  }

  /** Somebody of whom only the network is known. */
  public static Asker stranger(SourceNetwork network) {
    return new Asker(network, "", List.of());
  }

  /** The mark of this very person. */
  public Optional<Mark> own(Door door, long person) {
    return own(marks, door, person);
  }

  public static Optional<Mark> own(List<Mark> marks, Door door, long person) {
    return marks.stream()
        .filter(mark -> mark.door() == door && mark.person() == person)
        .findFirst();
  }

  /** What a link is bound to; where the browser kept nothing, to none. */
  public byte[] browserDigest() {
    return Secrets.digest(browser.isEmpty() ? Secrets.random() : browser);
  }

  /** Those of one door. */
  public List<Mark> at(Door door) {
    return marks.stream().filter(mark -> mark.door() == door).toList();
  }

  @Override
  public String toString() {
    return "Asker[…]";
  }
}
