package org.tocsin.letters;

/** A sheet: ISO 216 in most of the world, ANSI in North America. */
public enum Paper {
  A4("210mm", "297mm"),
  LETTER("8.5in", "11in");

  private final String width;
  private final String height;

  Paper(String width, String height) {
    this.width = width;
    this.height = height;
  }

  String width() {
    return width;
  }

  String height() {
    return height;
  }
}
