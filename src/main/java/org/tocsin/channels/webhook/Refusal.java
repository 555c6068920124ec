package org.tocsin.channels.webhook;

/** Why a URL may not be called; the text is for whoever typed it. */
public enum Refusal {
  MALFORMED("Enter a complete URL, such as https://hooks.example.org/tocsin"),
  TOO_LONG("Enter a URL of at most 2,000 characters"),
  SCHEME("The URL must start with https://"),
  USER_INFORMATION("The URL must not hold a user name or a password"),
  FRAGMENT("The URL must not hold a fragment (#)"),
  HOST("The host of the URL is not a valid name or address"),
  PORT("The URL must use port 443; another port must first be allowed for its host"),
  BLOCKED_ADDRESS("The host has an address in a private or reserved network"),
  OWN_ADDRESS("The host is this hub itself");

  private final String text;

  Refusal(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
