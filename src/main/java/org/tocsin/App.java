package org.tocsin;

/** Starts a command of the hub. */
public final class App {
  public static void main(String[] args) {
    System.out.println("Tocsin on Java " + Runtime.version());
  }
}
