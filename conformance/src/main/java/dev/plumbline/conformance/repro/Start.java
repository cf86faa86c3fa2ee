package dev.plumbline.conformance.repro;

import dev.plumbline.evidence.model.TargetIdentity;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the target of a reproducer is reached again. Holds no credential: headers name the variables
 * of the environment that hold theirs, and the query of a URL is blotted out.
 *
 * @param kind which of the others are set
 * @param url the endpoint of a server somebody else runs; null for the other kinds
 * @param headers sent with every request, as {@code Name: ${VARIABLE}}; only with a URL
 * @param command the words that start a server on its standard streams; empty for the other kinds
 * @param mutant the planted defect of the bundled server, or null
 */
public record Start(
    TargetIdentity.Kind kind,
    @Nullable String url,
    List<String> headers,
    List<String> command,
    @Nullable String mutant) {
  private static final int MAX_WORDS = 1_000;
  private static final Pattern FROM_ENVIRONMENT =
      Pattern.compile("[^:]+:\\s*([A-Za-z]{1,16}\\s+)?\\$\\{[A-Za-z_][A-Za-z0-9_]*}\\s*");
  private static final Pattern MUTANT = Pattern.compile("[a-z0-9-]{1,80}");

  /**
   * @throws IllegalArgumentException when the members do not fit the kind
   */
  public Start {
    headers = List.copyOf(headers);
    command = List.copyOf(command);
    boolean fits =
        switch (kind) {
          case URL -> url != null && command.isEmpty() && mutant == null;
          case COMMAND -> url == null && !command.isEmpty() && headers.isEmpty() && mutant == null;
          case BUNDLED -> url == null && command.isEmpty() && headers.isEmpty();
        };
    if (!fits || command.size() > MAX_WORDS || headers.size() > MAX_WORDS) {
      throw new IllegalArgumentException("start: its members do not fit a target " + kind);
    }
    if (mutant != null && !MUTANT.matcher(mutant).matches()) {
      throw new IllegalArgumentException("start: '" + mutant + "' names no planted defect");
    }
  }

  /** A server that runs already. */
  public static Start url(URI url, List<String> templates) {
    return new Start(
        TargetIdentity.Kind.URL,
        Blotted.query(url.toString()),
        templates.stream().map(Start::withoutSecret).toList(),
        List.of(),
        null);
  }

  /** A command that speaks over its standard streams. */
  public static Start command(List<String> words) {
    return new Start(TargetIdentity.Kind.COMMAND, null, List.of(), words, null);
  }

  /** The bundled server, with a planted defect or without. */
  public static Start bundled(@Nullable String mutant) {
    return new Start(TargetIdentity.Kind.BUNDLED, null, List.of(), List.of(), mutant);
  }

  /** A header whose value was written out gets a variable instead. */
  private static String withoutSecret(String template) {
    if (FROM_ENVIRONMENT.matcher(template).matches()) {
      return template;
    }
    String name = template.substring(0, Math.max(0, template.indexOf(':'))).strip();
    return name + ": ${MCP_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "}";
  }

  /** The words that name this target to a command of ours. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    if (url != null) {
      words.addAll(List.of("--url", url));
      headers.forEach(header -> words.addAll(List.of("--header", header)));
    }
    if (mutant != null) {
      words.addAll(List.of("--mutant", mutant));
    }
    if (!command.isEmpty()) {
      words.add("--");
      words.addAll(command);
    }
    return words;
  }
}
