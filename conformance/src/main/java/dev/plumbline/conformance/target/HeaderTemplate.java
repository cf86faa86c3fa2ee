package dev.plumbline.conformance.target;

import dev.plumbline.conformance.wire.Header;
import dev.plumbline.evidence.model.TargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A header to send with every request, its value resolved from the environment: {@code
 * Authorization: Bearer ${TOKEN}}. The resolved value is sent and never written anywhere.
 */
public final class HeaderTemplate {
  private static final Pattern FORM = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):\\s*(.*)");

  private final String name;
  private final String value;
  private final List<String> secrets;

  private HeaderTemplate(String name, String value, List<String> secrets) {
    this.name = name;
    this.value = value;
    this.secrets = List.copyOf(secrets);
  }

  /** Resolves the template with the variables of this process. */
  public static HeaderTemplate parse(String template) throws TargetException {
    return parse(template, System.getenv());
  }

  /**
   * Resolves the template.
   *
   * @throws TargetException when it is no header or a variable is not set; one line
   */
  public static HeaderTemplate parse(String template, Map<String, String> environment)
      throws TargetException {
    Matcher form = FORM.matcher(template.strip());
    if (!form.matches()) {
      throw new TargetException(
          "--header needs the form 'Name: value' or 'Name: ${ENV_VAR}', check the quotes");
    }
    Variables resolved = Variables.resolve(form.group(2), "--header " + form.group(1), environment);
    String value = resolved.value().strip();
    List<String> secrets = new ArrayList<>(resolved.secrets());
    if (value.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f)) {
      throw new TargetException(
          "--header "
              + form.group(1)
              + ": the value holds control characters such as a line feed; check the variable");
    }
    secrets.add(value);
    return new HeaderTemplate(form.group(1), value, secrets);
  }

  /** The header as it is sent. Holds the credential: never write it. */
  public Header header() {
    return new Header(name, value);
  }

  /** The field name. */
  public String name() {
    return name;
  }

  /** The whole value and what the variables held. */
  List<String> secrets() {
    return secrets;
  }

  /** Name only. */
  @Override
  public String toString() {
    return name + ": " + "[redacted]";
  }
}
