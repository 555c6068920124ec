package org.tocsin.bench.receiver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/** The first few messages whole, and the first few flawed ones: for a human to look at. */
final class Samples {
  private static final int MOST = 5;

  private final List<String> good = new ArrayList<>();
  private final List<String> flawed = new ArrayList<>();

  void offer(byte[] bytes, int from, int to) {
    keep(good, "", bytes, from, to);
  }

  void offerFlawed(String flaws, byte[] bytes, int from, int to) {
    keep(flawed, flaws + "\n", bytes, from, to);
  }

  private static void keep(List<String> list, String title, byte[] bytes, int from, int to) {
    if (list.size() < MOST) {
      list.add(title + new String(bytes, from, to - from, ISO_8859_1));
    }
  }

  String text() {
    return String.join("\n=====\n", good);
  }

  String flawedText() {
    return String.join("\n=====\n", flawed);
  }
}
