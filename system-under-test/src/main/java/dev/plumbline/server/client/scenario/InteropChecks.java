package dev.plumbline.server.client.scenario;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * What {@link InteropFeatures} wants to be true; what is not is an exception that says what was
 * seen.
 */
final class InteropChecks {
  private static final int INBOX_SECONDS = 10;

  private InteropChecks() {}

  static <T> T next(BlockingQueue<T> inbox) throws InterruptedException {
    T value = inbox.poll(INBOX_SECONDS, TimeUnit.SECONDS);
    if (value == null) {
      throw new IllegalStateException("nothing arrived");
    }
    return value;
  }

  static String text(JsonNode result) {
    StringBuilder said = new StringBuilder();
    result.path("content").forEach(item -> said.append(item.path("text").asString("")));
    check(!result.path("isError").asBoolean(false), "isError: " + said);
    return said.toString();
  }

  static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }

  static String equal(String actual, String expected) {
    check(actual.equals(expected), "expected " + expected + ", got " + actual);
    return actual;
  }

  static String containing(String text, String part) {
    check(text.contains(part), text);
    return text;
  }
}
