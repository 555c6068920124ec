package org.tocsin.web;

/** The body is of a type nobody here reads (415). */
final class UnsupportedMediaType extends RuntimeException {
  UnsupportedMediaType(String wanted) {
    super("Send " + wanted);
  }
}
