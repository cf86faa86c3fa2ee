package dev.plumbline.evidence.bundle.sign;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Textual encoding of keys (RFC 7468): base64 in lines of 64 between two labelled rules. */
final class Pem {
  static final String PRIVATE = "PRIVATE KEY";
  static final String PUBLIC = "PUBLIC KEY";

  private static final int LINE = 64;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s+([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  private Pem() {}

  static String write(String label, byte[] der) {
    Base64.Encoder encoder = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN "
        + label
        + "-----\n"
        + encoder.encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  /** The bytes of the first block with this label. */
  static byte[] read(String label, String text) throws UnusableKeyException {
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group(1).equals(label)) {
        try {
          return Base64.getDecoder().decode(block.group(2).replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
          throw new UnusableKeyException("the " + label + " block is not base64", e);
        }
      }
    }
    String hint =
        label.equals(PRIVATE) && text.contains("ENCRYPTED")
            ? " (encrypted keys are not supported)"
            : "";
    throw new UnusableKeyException("no '-----BEGIN " + label + "-----' block found" + hint);
  }
}
