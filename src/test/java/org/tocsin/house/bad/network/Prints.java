package org.tocsin.house.bad.network;

/** Writes where nobody looks. */
public final class Prints {
  public void say(String text) {
    System.out.println(text);
  }
}
