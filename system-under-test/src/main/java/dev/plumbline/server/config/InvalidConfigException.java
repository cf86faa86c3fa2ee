package dev.plumbline.server.config;

import java.util.List;

/** Settings that cannot be used; nothing was changed. */
public final class InvalidConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * @param source the file, or whoever else said it
   * @param problems at least one
   */
  public InvalidConfigException(String source, List<Problem> problems) {
    super(source + ": " + problems.getFirst().line() + more(problems.size() - 1));
    this.problems = List.copyOf(problems);
  }

  private static String more(int others) {
    return others == 0 ? "" : " (and " + others + " more)";
  }

  /** Everything that is wrong. */
  public List<Problem> problems() {
    return problems;
  }
}
