package org.tocsin.bench.receiver;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Looks at one mail after the other, as it came over the wire (dots still doubled): its header
 * always, all of its body only when that is asked for.
 */
final class MailCheck {
  private static final int LONGEST_LINE = 998;
  private static final byte[] HOLE = "{{".getBytes(US_ASCII);
  private static final byte[] BOUNDARY = "boundary=".getBytes(US_ASCII);
  private static final String[] ONCE = {"from:", "to:", "date:", "message-id:", "subject:"};
  private static final int TO = 1;
  private static final int MESSAGE_ID = 3;
  private static final String CONTENT_TYPE = "content-type:";

  private final MailReception wanted;
  private final int[] seen = new int[ONCE.length];
  private Set<Flaw> flaws = EnumSet.noneOf(Flaw.class);
  private byte[] messageId = {};
  private byte[] end = {};

  MailCheck(MailReception wanted) {
    this.wanted = wanted;
  }

  /**
   * @param to after the last CRLF, before the final dot
   */
  void look(byte[] bytes, int from, int to, byte[] recipient) {
    Arrays.fill(seen, 0);
    flaws = EnumSet.noneOf(Flaw.class);
    messageId = new byte[0];
    end = new byte[0];
    int at = from;
    while (at < to && bytes[at] != '\r') {
      int next = endOfField(bytes, at, to);
      field(bytes, at, next, recipient);
      at = next;
    }
    for (int times : seen) {
      flaw(Flaw.HEADERS, times != 1);
    }
    flaw(Flaw.UNFINISHED, end.length == 0 || !Scan.endsWith(bytes, from, to, end));
    flaw(Flaw.LENGTH, to - from < wanted.least() || to - from > wanted.most());
    if (wanted.full()) {
      flaw(Flaw.HOLE, Scan.indexOf(bytes, from, to, HOLE) >= 0);
      flaw(Flaw.LINES, !linesAreFit(bytes, from, to));
    }
  }

  private void flaw(Flaw flaw, boolean found) {
    if (found) {
      flaws.add(flaw);
    }
  }

  /** With the folded lines that belong to it. */
  private static int endOfField(byte[] bytes, int from, int to) {
    int at = from;
    while (true) {
      int feed = Scan.indexOf(bytes, at, to, (byte) '\n');
      if (feed < 0) {
        return to;
      }
      at = feed + 1;
      if (at == to || (bytes[at] != ' ' && bytes[at] != '\t')) {
        return at;
      }
    }
  }

  private void field(byte[] bytes, int from, int to, byte[] recipient) {
    for (int i = 0; i < ONCE.length; i++) {
      if (Scan.startsWith(bytes, from, to, ONCE[i])) {
        seen[i]++;
        int value = Scan.skipSpace(bytes, from + ONCE[i].length(), to);
        int last = Scan.trimEnd(bytes, value, to);
        if (i == TO) {
          flaw(Flaw.RECIPIENT, !names(bytes, value, last, recipient));
        } else if (i == MESSAGE_ID) {
          messageId = Arrays.copyOfRange(bytes, value, last);
        }
        return;
      }
    }
    if (Scan.startsWith(bytes, from, to, CONTENT_TYPE)) {
      end = endOf(bytes, Scan.indexOf(bytes, from, to, BOUNDARY), to);
    }
  }

  /** Bare, or in angle brackets after a name. */
  private static boolean names(byte[] bytes, int from, int to, byte[] recipient) {
    boolean angled = from < to && bytes[to - 1] == '>';
    int last = angled ? to - 1 : to;
    int first = last - recipient.length;
    return Scan.endsWith(bytes, from, last, recipient)
        && (angled ? first > from && bytes[first - 1] == '<' : first == from);
  }

  /** What a mail with this boundary ends with. */
  private static byte[] endOf(byte[] bytes, int boundary, int to) {
    if (boundary < 0) {
      return new byte[0];
    }
    int from = boundary + BOUNDARY.length;
    boolean quoted = bytes[from] == '"';
    int first = quoted ? from + 1 : from;
    int last = first;
    while (last < to && (quoted ? bytes[last] != '"' : bytes[last] > ' ' && bytes[last] != ';')) {
      last++;
    }
    return ("--" + new String(bytes, first, last - first, US_ASCII) + "--\r\n").getBytes(US_ASCII);
  }

  private static boolean linesAreFit(byte[] bytes, int from, int to) {
    int start = from;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        int most = LONGEST_LINE + (bytes[start] == '.' ? 1 : 0);
        if (i == start || bytes[i - 1] != '\r' || i - 1 - start > most) {
          return false;
        }
        start = i + 1;
      } else if (bytes[i] == '\r' && bytes[i + 1] != '\n') {
        return false;
      }
    }
    return start == to;
  }

  Set<Flaw> flaws() {
    return flaws;
  }

  /** As the header has it; empty where there is none. */
  byte[] messageId() {
    return messageId;
  }
}
