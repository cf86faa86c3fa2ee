package dev.plumbline.server;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Everything the command line can say, one row each. */
enum Flag {
  /** HTTP port; 0 picks one. */
  PORT("--port", Takes.PORT),
  /** The address that HTTP and TCP listen on. */
  HOST("--host", Takes.TEXT),
  /** Control port; absent means none (stdio only). */
  CONTROL_PORT("--control-port", Takes.PORT),
  /** The address the control port listens on. */
  CONTROL_HOST("--control-host", Takes.TEXT),
  /** The file with the token that the control port asks for. */
  CONTROL_TOKEN_FILE("--control-token-file", Takes.FILE),
  /** TCP port. */
  TCP_PORT("--tcp-port", Takes.PORT),
  /** WebSocket connections on the HTTP port. */
  WEB_SOCKET("--ws", Takes.NOTHING),
  /** The HTTP+SSE transport of 2024-11-05 on the HTTP port. */
  LEGACY_SSE("--legacy-sse", Takes.NOTHING),
  /** TLS on the HTTP port. */
  TLS("--tls", Takes.NOTHING),
  /** PKCS#12 file with the key. */
  TLS_KEYSTORE("--tls-keystore", Takes.FILE),
  /** Where the certificate is written as PEM. */
  TLS_CERT_OUT("--tls-cert-out", Takes.FILE),
  /** Stdio instead of HTTP. */
  STDIO("--stdio", Takes.NOTHING),
  /** What the official suite asks for. */
  FIXTURE("--fixture", Takes.NOTHING),
  /** A directory whose files are resources; may be repeated. */
  FILES("--files", Takes.FILE),
  /** The file with the settings. */
  CONFIG("--config", Takes.FILE),
  /** One setting, {@code path=value}; may be repeated. */
  SET("--set", Takes.TEXT),
  /** The socket over which a new process takes over from the one that runs. */
  HANDOVER("--handover", Takes.FILE),
  /** Where sessions are kept; short for the setting. */
  STORE("--store", Takes.TEXT),
  /** Look at the settings and leave. */
  CHECK_CONFIG("--check-config", Takes.NOTHING),
  /** Lets the control port break things on purpose. */
  FAILPOINTS("--failpoints", Takes.NOTHING),
  /** The planted defect. */
  MUTANT("--mutant", Takes.TEXT),
  /** Print the names of the mutants and leave. */
  LIST_MUTANTS("--list-mutants", Takes.NOTHING),
  /** Print the tables of all lifecycles in this form and leave. */
  MACHINES("--machines", Takes.TEXT);

  /** What follows the name of an option. */
  enum Takes {
    /** Nothing. */
    NOTHING,
    /** A port between 0 and 65,535. */
    PORT,
    /** The name of a file. */
    FILE,
    /** Any text. */
    TEXT
  }

  private final String text;
  private final Takes takes;

  Flag(String text, Takes takes) {
    this.text = text;
    this.takes = takes;
  }

  /** As it is typed. */
  String text() {
    return text;
  }

  /** What follows it. */
  Takes takes() {
    return takes;
  }

  /** The option that is typed so. */
  static Optional<Flag> named(String text) {
    return Arrays.stream(values()).filter(flag -> flag.text.equals(text)).findFirst();
  }

  /** All names, as one line. */
  static String names() {
    return Arrays.stream(values()).map(Flag::text).collect(Collectors.joining(" "));
  }
}
