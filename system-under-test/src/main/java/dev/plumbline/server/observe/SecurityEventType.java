package dev.plumbline.server.observe;

import java.util.Locale;

/** What somebody tried, or what lowers the guard. */
public enum SecurityEventType {
  /** A request named a host that this server is not, as after DNS rebinding. */
  FOREIGN_HOST("a request for a host that is not this server was refused"),
  /** A page of another origin asked. */
  FOREIGN_ORIGIN("a request of a foreign web page was refused"),
  /** No token where one is needed. */
  TOKEN_MISSING("a request without a token was refused"),
  /** A token that is not good here. */
  TOKEN_REFUSED("a request with a bad token was refused"),
  /** Wrong tokens at the control port, again and again. */
  TOKEN_GUESSED("somebody keeps trying tokens at the control port"),
  /** A good token that allows too little. */
  SCOPE_INSUFFICIENT("a request beyond the scopes of its token was refused"),
  /** A message whose framing is not lawful, as request smuggling needs it. */
  MALFORMED("a message with unlawful framing was refused"),
  /** A line, a field or a body beyond its cap. */
  OVERSIZED("a message beyond the caps was refused"),
  /** A handshake of TLS that came to nothing. */
  TLS_FAILED("a handshake of TLS failed"),
  /** A requirement was switched off by whoever started the server. */
  OPTED_OUT("a requirement of security is switched off");

  private final String text;

  SecurityEventType(String text) {
    this.text = text;
  }

  /** The name in JSON and in metrics. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How much an operator should care. */
  Severity severity() {
    return this == OPTED_OUT || this == TOKEN_GUESSED ? Severity.WARNING : Severity.INFO;
  }

  /** One sentence. */
  String text() {
    return text;
  }
}
