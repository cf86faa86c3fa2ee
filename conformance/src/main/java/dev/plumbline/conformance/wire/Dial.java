package dev.plumbline.conformance.wire;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Where an address leads.
 *
 * @param url the address; its scheme tells whether TLS is spoken
 * @param instead where to connect instead of the address' own host and port
 */
record Dial(URI url, Optional<InetSocketAddress> instead) {
  private static final Set<String> SECURE = Set.of("https", "wss");
  private static final int SECURE_PORT = 443;
  private static final int PLAIN_PORT = 80;

  /** Whether the scheme asks for TLS. */
  static boolean isSecure(URI url) {
    return SECURE.contains(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT));
  }

  /** What belongs into the Host field: RFC 9110 §7.2. */
  static String authority(URI url) {
    int port = url.getPort();
    boolean usual = port < 0 || port == (isSecure(url) ? SECURE_PORT : PLAIN_PORT);
    return usual ? url.getHost() : url.getHost() + ":" + port;
  }

  /** The request target in origin form: RFC 9112 §3.2.1. */
  static String target(URI url) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  /** A fresh connection, TLS included, up by this {@link System#nanoTime()}. */
  Socket connect(long until) throws IOException {
    Socket plain = plain(until);
    try {
      plain.setTcpNoDelay(true);
      return isSecure(url) ? secured(plain, until) : plain;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private Socket plain(long until) throws IOException {
    List<InetSocketAddress> addresses = instead.map(List::of).orElse(null);
    if (addresses == null) {
      String host = url.getHost().replaceAll("[\\[\\]]", "");
      int port = url.getPort() >= 0 ? url.getPort() : isSecure(url) ? SECURE_PORT : PLAIN_PORT;
      addresses =
          Arrays.stream(InetAddress.getAllByName(host))
              .map(a -> new InetSocketAddress(a, port))
              .toList();
    }
    IOException last = new ConnectException("no address");
    for (InetSocketAddress address : addresses) {
      Socket candidate = new Socket();
      try {
        candidate.connect(address, millisUntil(until));
        return candidate;
      } catch (IOException e) {
        candidate.close();
        last = e;
      }
    }
    throw last;
  }

  private Socket secured(Socket plain, long until) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    String host = url.getHost().replaceAll("[\\[\\]]", "");
    SSLSocket tls = (SSLSocket) factory.createSocket(plain, host, plain.getPort(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (!host.contains(":") && !host.matches("[0-9.]+")) {
      parameters.setServerNames(List.of(new SNIHostName(host)));
    }
    tls.setSSLParameters(parameters);
    tls.setSoTimeout(millisUntil(until));
    tls.startHandshake();
    return tls;
  }

  private static int millisUntil(long nanoTime) throws SocketTimeoutException {
    long left = (nanoTime - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException("connect timed out");
    }
    return (int) left;
  }

  /** Why no connection came up, in a few words. */
  static String reason(IOException e) {
    String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return switch (e) {
      case UnknownHostException unknown -> "unknown host";
      case SocketTimeoutException slow -> "connect timed out";
      case ConnectException refused -> text.toLowerCase(Locale.ROOT);
      case SSLException tls -> "TLS failed: " + text;
      default -> text;
    };
  }
}
