package dev.plumbline.server.config;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that cannot be used; nothing was changed. */
public final class InvalidConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  /** So many problems are told in one line. */
  private static final int MAX_TOLD = 20;

  private final String source;
  private final transient List<Problem> problems;

  /**
   * @param source the file, or whoever else said it
   * @param problems at least one
   */
  public InvalidConfigException(String source, List<Problem> problems) {
    super(source + ": " + problems.getFirst().line() + more(problems.size() - 1));
    this.source = source;
    this.problems = List.copyOf(problems);
  }

  /** One line with all that is wrong, as far as it fits. */
  public String everything() {
    return problems.stream()
        .limit(MAX_TOLD)
        .map(Problem::line)
        .collect(
            Collectors.joining("; ", source + ": ", more(Math.max(0, problems.size() - MAX_TOLD))));
  }

  private static String more(int others) {
    return others == 0 ? "" : " (and " + others + " more)";
  }

  /** Everything that is wrong. */
  public List<Problem> problems() {
    return problems;
  }
}
