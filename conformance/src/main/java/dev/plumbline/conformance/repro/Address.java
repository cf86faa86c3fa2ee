package dev.plumbline.conformance.repro;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** The parts of a recorded address, which may have lost its query. */
final class Address {
  private static final Set<String> SECURE = Set.of("https", "wss");

  private Address() {}

  /** Host and port as the Host field names them; empty when the address is no URL. */
  static String authority(String address) {
    URI url = parsed(address);
    if (url == null || url.getHost() == null) {
      return "";
    }
    boolean secure = SECURE.contains(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT));
    boolean usual = url.getPort() < 0 || url.getPort() == (secure ? 443 : 80);
    return usual ? url.getHost() : url.getHost() + ":" + url.getPort();
  }

  /** The request target; a slash when the address is no URL. */
  static String target(String address) {
    URI url = parsed(address);
    if (url == null || url.getRawPath() == null || url.getRawPath().isEmpty()) {
      return "/";
    }
    int question = address.indexOf('?');
    return url.getRawPath() + (question < 0 ? "" : address.substring(question));
  }

  private static @org.jspecify.annotations.Nullable URI parsed(String address) {
    int question = address.indexOf('?');
    try {
      return URI.create(question < 0 ? address : address.substring(0, question));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
