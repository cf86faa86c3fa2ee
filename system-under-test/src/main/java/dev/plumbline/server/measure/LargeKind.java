package dev.plumbline.server.measure;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Large messages, each hard to bear in a way of its own. */
enum LargeKind {
  /** An argument of a mebibyte, which is also the answer. */
  ANSWERED("echo"),
  /** One string that makes the message as large as it may be. */
  ONE_STRING("about"),
  /** Many small values, of which each becomes an object in memory. */
  MANY_VALUES("about");

  private static final int ANSWER_BYTES = 1 << 20;
  private static final int VALUES_BYTES = 1 << 20;

  /** The cap, without the rest of the message. */
  private static final int STRING_BYTES = 10_485_760 - 1_024;

  private static final String VALUE = "{\"at\":[1]}";

  private final String tool;

  LargeKind(String tool) {
    this.tool = tool;
  }

  /** The tool that is called. */
  String tool() {
    return tool;
  }

  /** So long an answer must be, in bytes. */
  int leastAnswer() {
    return this == ANSWERED ? ANSWER_BYTES : 1;
  }

  /** The request. */
  byte[] message() {
    String text =
        switch (this) {
          case ANSWERED ->
              StatelessCall.message(
                  1, tool, "{\"text\":\"" + "m".repeat(ANSWER_BYTES) + "\"}", "{}");
          case ONE_STRING ->
              StatelessCall.message(1, tool, "{}", "\"" + "s".repeat(STRING_BYTES) + "\"");
          case MANY_VALUES -> StatelessCall.message(1, tool, "{}", manyValues());
        };
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String manyValues() {
    String[] all = new String[VALUES_BYTES / (VALUE.length() + 1)];
    Arrays.fill(all, VALUE);
    return "[" + String.join(",", all) + "]";
  }
}
