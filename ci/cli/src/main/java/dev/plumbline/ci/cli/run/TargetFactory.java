package dev.plumbline.ci.cli.run;

import dev.plumbline.ci.cli.config.TargetChoice;
import dev.plumbline.conformance.target.BundledOptions;
import dev.plumbline.conformance.target.Credentials;
import dev.plumbline.conformance.target.HeaderTemplate;
import dev.plumbline.conformance.target.Installation;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.target.Targets;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.util.ArrayList;
import java.util.List;

/** Opens the target that was chosen. */
public final class TargetFactory {
  private TargetFactory() {}

  /** Starts it, or finds out how it is reached. */
  public static Target open(TargetChoice choice)
      throws TargetException, HarnessException, InterruptedException {
    return switch (choice) {
      case TargetChoice.Url url ->
          Targets.url(url.url(), headers(url.headers()), Credentials.of(url.credentials()));
      case TargetChoice.Command command ->
          Targets.command(command.command(), command.environment());
      case TargetChoice.Bundled bundled ->
          Targets.bundled(
              Installation.current(),
              bundled.mutant() == null
                  ? BundledOptions.plain()
                  : BundledOptions.mutant(bundled.mutant()));
    };
  }

  private static List<HeaderTemplate> headers(List<String> templates) throws TargetException {
    List<HeaderTemplate> headers = new ArrayList<>();
    for (String template : templates) {
      headers.add(HeaderTemplate.parse(template));
    }
    return headers;
  }
}
