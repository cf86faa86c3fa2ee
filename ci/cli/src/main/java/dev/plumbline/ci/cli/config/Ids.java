package dev.plumbline.ci.cli.config;

import java.util.regex.Pattern;

/** The forms of permanent ids, so that a typing error is noticed before anything is started. */
public final class Ids {
  private static final Pattern CLAUSE = Pattern.compile("[A-Z]{3,5}-\\d{3}");
  private static final Pattern FAILURE_MODE = Pattern.compile("FM-\\d{2}");

  private static final Pattern CHECK = Pattern.compile("[A-Z]{2,5}(-[A-Z0-9]+)+");

  private Ids() {}

  /**
   * Returns the text when it has the form of any check's id.
   *
   * @throws UsageException when it has not
   */
  public static String requireCheck(String text) throws UsageException {
    return require(CHECK, text, "the id of a check, as in TOOL-003, FM-07 or SLO-TOOLS-CALL");
  }

  /**
   * Returns the text when it has the form of a clause id.
   *
   * @throws UsageException when it has not
   */
  public static String requireClause(String text) throws UsageException {
    return require(CLAUSE, text, "a clause id, as in TOOL-003");
  }

  /**
   * Returns the text when it has the form of a failure mode's id.
   *
   * @throws UsageException when it has not
   */
  public static String requireFailureMode(String text) throws UsageException {
    return require(FAILURE_MODE, text, "a failure mode, as in FM-07");
  }

  private static String require(Pattern form, String text, String what) throws UsageException {
    if (!form.matcher(text).matches()) {
      throw new UsageException("'" + text + "' is not " + what);
    }
    return text;
  }
}
