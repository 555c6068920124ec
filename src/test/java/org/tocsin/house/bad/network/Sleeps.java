package org.tocsin.house.bad.network;

/** Waits by the clock instead of for something. */
public final class Sleeps {
  public void rest() throws InterruptedException {
    Thread.sleep(1);
  }
}
