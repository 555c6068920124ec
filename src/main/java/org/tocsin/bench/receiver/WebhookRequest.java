package org.tocsin.bench.receiver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** Reads one HTTP/1.1 request after the other, as much of it as a webhook needs. */
final class WebhookRequest {
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(US_ASCII);
  private static final String LENGTH = "content-length:";
  private static final String ENCODING = "transfer-encoding:";
  private static final String CLOSE = "connection: close";
  private static final String ID = "webhook-id:";
  private static final String TIMESTAMP = "webhook-timestamp:";
  private static final String SIGNATURE = "webhook-signature:";
  private static final String ORIGIN = "webhook-request-origin:";

  private String method = "";
  private String endpoint = "";
  private String id = "";
  private String timestamp = "";
  private String signature = "";
  private String origin = "";
  private byte[] body = {};
  private boolean lengthKnown;
  private boolean last;

  /** Takes a request where it is whole. */
  boolean take(Intake intake) {
    byte[] bytes = intake.bytes();
    int from = intake.from();
    int head = Scan.indexOf(bytes, from, intake.to(), END_OF_HEAD);
    if (head < 0) {
      return false;
    }
    int length = head(bytes, from, head + 2);
    int start = head + END_OF_HEAD.length;
    if (lengthKnown && intake.to() - start < length) {
      return false;
    }
    body = Arrays.copyOfRange(bytes, start, start + length);
    intake.take(start + length);
    return true;
  }

  /** Answers with the length of the body. */
  private int head(byte[] bytes, int from, int to) {
    id = "";
    timestamp = "";
    signature = "";
    origin = "";
    lengthKnown = true;
    last = false;
    int length = 0;
    int line = requestLine(bytes, from, to);
    while (line < to) {
      int end = Scan.indexOf(bytes, line, to, (byte) '\n');
      switch (bytes[line] | ' ') {
        case 'w' -> webhookField(bytes, line, end);
        case 'c' -> {
          if (Scan.startsWith(bytes, line, end, LENGTH)) {
            String digits = value(bytes, line + LENGTH.length(), end);
            lengthKnown &= digits.matches("[0-9]{1,8}");
            length = lengthKnown ? Integer.parseInt(digits) : 0;
          }
          last |= Scan.startsWith(bytes, line, end, CLOSE);
        }
        case 't' -> lengthKnown &= !Scan.startsWith(bytes, line, end, ENCODING);
        default -> {}
      }
      line = end + 1;
    }
    return lengthKnown ? length : 0;
  }

  private int requestLine(byte[] bytes, int from, int to) {
    int target = Scan.indexOf(bytes, from, to, (byte) ' ') + 1;
    int end = Math.max(target, Scan.indexOf(bytes, target, to, (byte) ' '));
    int query = Scan.indexOf(bytes, target, end, (byte) '?');
    method = text(bytes, from, target - 1);
    endpoint = text(bytes, target + 1, query < 0 ? end : query);
    return Scan.indexOf(bytes, end, to, (byte) '\n') + 1;
  }

  private void webhookField(byte[] bytes, int from, int to) {
    if (Scan.startsWith(bytes, from, to, ID)) {
      id = value(bytes, from + ID.length(), to);
    } else if (Scan.startsWith(bytes, from, to, TIMESTAMP)) {
      timestamp = value(bytes, from + TIMESTAMP.length(), to);
    } else if (Scan.startsWith(bytes, from, to, SIGNATURE)) {
      signature = value(bytes, from + SIGNATURE.length(), to);
    } else if (Scan.startsWith(bytes, from, to, ORIGIN)) {
      origin = value(bytes, from + ORIGIN.length(), to);
    }
  }

  private static String value(byte[] bytes, int from, int to) {
    int first = Scan.skipSpace(bytes, from, to);
    return text(bytes, first, Scan.trimEnd(bytes, first, to));
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, Math.max(0, to - from), ISO_8859_1);
  }

  String method() {
    return method;
  }

  /** The path without its first slash. */
  String endpoint() {
    return endpoint;
  }

  String id() {
    return id;
  }

  String timestamp() {
    return timestamp;
  }

  String signature() {
    return signature;
  }

  /** Who asks whether it may send, in a CloudEvents handshake. */
  String origin() {
    return origin;
  }

  byte[] body() {
    return body;
  }

  /** Not where it comes in chunks, which is not read. */
  boolean lengthKnown() {
    return lengthKnown;
  }

  /** Nothing follows on this connection. */
  boolean last() {
    return last;
  }
}
