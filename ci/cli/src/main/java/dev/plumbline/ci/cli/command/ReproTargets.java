package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.TargetChoice;
import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.conformance.repro.Reproducer;
import dev.plumbline.conformance.repro.Start;
import dev.plumbline.conformance.wire.Redactor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is asked: the target a reproducer names, or another one. */
final class ReproTargets {
  private ReproTargets() {}

  static TargetChoice choose(
      Reproducer reproducer, @Nullable String url, List<String> headers, List<String> command)
      throws UsageException {
    if (url != null && !command.isEmpty()) {
      throw new UsageException("--url and -- COMMAND name different servers; give one of them");
    }
    if (!command.isEmpty()) {
      return new TargetChoice.Command(command);
    }
    Start start = reproducer.start();
    if (url != null) {
      return new TargetChoice.Url(
          TargetChoice.parseUrl(url), headers.isEmpty() ? start.headers() : headers);
    }
    String recorded = start.url();
    if (recorded != null) {
      if (recorded.contains(Redactor.BLOT)) {
        throw new UsageException("the query of its address was not kept; name it with --url URL");
      }
      return new TargetChoice.Url(
          TargetChoice.parseUrl(recorded), headers.isEmpty() ? start.headers() : headers);
    }
    return start.command().isEmpty()
        ? new TargetChoice.Bundled(start.mutant())
        : new TargetChoice.Command(start.command());
  }
}
