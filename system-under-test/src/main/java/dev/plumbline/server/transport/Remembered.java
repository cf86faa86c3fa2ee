package dev.plumbline.server.transport;

import java.util.function.Predicate;

/**
 * A pure question about a text that remembers its last answer: one client sends the same header
 * fields with every request. Safe for any number of threads.
 */
final class Remembered implements Predicate<String> {
  private record Answered(String text, boolean answer) {}

  private final Predicate<String> question;
  private volatile Answered last;

  Remembered(Predicate<String> question) {
    this.question = question;
    this.last = new Answered("", question.test(""));
  }

  @Override
  public boolean test(String text) {
    Answered known = last;
    if (known.text().equals(text)) {
      return known.answer();
    }
    boolean answer = question.test(text);
    last = new Answered(text, answer);
    return answer;
  }
}
