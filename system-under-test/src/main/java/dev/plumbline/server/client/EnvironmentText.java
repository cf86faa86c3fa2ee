package dev.plumbline.server.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Credentials come from the environment, so that no list of processes shows them. */
final class EnvironmentText {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private EnvironmentText() {}

  /** The value of a header with its variables replaced. */
  static String expand(String header, String value) throws UsageException {
    StringBuilder resolved = new StringBuilder();
    Matcher variable = VARIABLE.matcher(value);
    while (variable.find()) {
      String found = System.getenv(variable.group(1));
      if (found == null || found.isEmpty()) {
        throw new UsageException(
            "--header "
                + header
                + ": the environment variable "
                + variable.group(1)
                + " is not set; export it and run again");
      }
      variable.appendReplacement(resolved, Matcher.quoteReplacement(found));
    }
    return variable.appendTail(resolved).toString();
  }
}
