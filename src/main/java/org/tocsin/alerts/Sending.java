package org.tocsin.alerts;

import org.tocsin.broadcasts.BroadcastId;

/** One way a message goes: by e-mail or by webhook. */
public record Sending(AlertId alert, String channel, BroadcastId broadcast) {
  static final String EMAIL = "email";
  static final String WEBHOOK = "webhook";

  public boolean email() {
    return channel.equals(EMAIL);
  }
}
