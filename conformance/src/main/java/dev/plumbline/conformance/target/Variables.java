package dev.plumbline.conformance.target;

import dev.plumbline.evidence.model.TargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with the variables it names replaced.
 *
 * @param value the resolved text; holds what is secret
 * @param secrets what the variables held
 */
record Variables(String value, List<String> secrets) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  /**
   * Replaces each <code>${NAME}</code>.
   *
   * @param where what a complaint begins with
   * @throws TargetException when a variable is not set; one line
   */
  static Variables resolve(String template, String where, Map<String, String> environment)
      throws TargetException {
    List<String> secrets = new ArrayList<>();
    StringBuilder resolved = new StringBuilder();
    Matcher variable = VARIABLE.matcher(template);
    while (variable.find()) {
      String found = environment.get(variable.group(1));
      if (found == null || found.isEmpty()) {
        throw new TargetException(
            where
                + ": the environment variable "
                + variable.group(1)
                + " is not set; export it and run again");
      }
      secrets.add(found);
      variable.appendReplacement(resolved, Matcher.quoteReplacement(found));
    }
    variable.appendTail(resolved);
    return new Variables(resolved.toString(), secrets);
  }
}
