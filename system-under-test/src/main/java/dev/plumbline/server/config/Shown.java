package dev.plumbline.server.config;

import java.util.regex.Pattern;

/** What of a text may be shown: short, without control characters, without passwords. */
final class Shown {
  private static final int LONGEST = 80;
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}]");
  private static final Pattern PASSWORD =
      Pattern.compile("(?i)((?:password|passwd|secret|token|sslpassword)=)[^&;]*");
  private static final Pattern USER_INFO = Pattern.compile("//[^/@]*@");

  private Shown() {}

  /** A text that somebody else wrote, on one short line. */
  static String text(String text) {
    String plain = CONTROL.matcher(text).replaceAll("?");
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
  }

  /** A text that may hold a password. */
  static String withoutSecret(String text) {
    String cut = USER_INFO.matcher(text).replaceAll("//***@");
    return PASSWORD.matcher(cut).replaceAll("$1***");
  }
}
