package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.ci.cli.run.Causes;
import dev.plumbline.ci.cli.top.ControlStream;
import dev.plumbline.ci.cli.top.Top;
import dev.plumbline.evidence.model.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumbline top}. */
@Command(
    name = "top",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Watch a bundled server: load, queues, control latency, breakers, alerts.",
    footer = {
      "",
      "The token is in the file that the server names when it starts (control-token FILE), or in",
      "PLUMBLINE_CONTROL_TOKEN. The same in a browser: open the URL of the control port."
    })
final class TopCommand implements Callable<Integer> {
  private static final String VARIABLE = "PLUMBLINE_CONTROL_TOKEN";
  private static final int MAX_TOKEN_BYTES = 1_024;

  // RFC 6750 §2.1: what may follow "Bearer".
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private final Console console;

  @Option(
      names = "--control",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8932",
      description = "The control port (default: http://127.0.0.1:8932).")
  private String control = "http://127.0.0.1:8932";

  @Option(names = "--token-file", paramLabel = "FILE", description = "Holds the control token.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "1",
      description = "How often to look, 1 to 60 (default: 1).")
  private int every = 1;

  @Option(names = "--once", description = "Look once and end.")
  private boolean once;

  @Option(names = "--json", description = "Print the snapshots as they come, one line each.")
  private boolean json;

  TopCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws UsageException, InterruptedException {
    URI url = url();
    if (every < 1 || every > 60) {
      throw new UsageException("--every: " + every + " is not a number of seconds from 1 to 60");
    }
    Top top = new Top(console.out(), console.outDisplay(), url);
    try (ControlStream stream = new ControlStream(url, token())) {
      if (console.outDisplay().live() && !once && !json) {
        top.watch(stream, Duration.ofSeconds(every));
      } else {
        // A single look need not wait for a whole second.
        Duration pace = once ? Duration.ofMillis(100) : Duration.ofSeconds(every);
        top.print(stream, pace, once, json);
      }
    }
    return ExitCode.GO.code();
  }

  private URI url() throws UsageException {
    try {
      URI url = URI.create(control);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http && url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Same answer as a URL of another kind.
    }
    throw new UsageException(
        "--control: " + control + " is not the URL of a control port; try http://127.0.0.1:8932");
  }

  private String token() throws UsageException {
    String token = console.environment().getOrDefault(VARIABLE, "");
    String where = VARIABLE;
    if (tokenFile != null) {
      where = tokenFile.toString();
      try (var in = Files.newInputStream(tokenFile)) {
        token = new String(in.readNBytes(MAX_TOKEN_BYTES), java.nio.charset.StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UsageException("--token-file: " + tokenFile + ": " + Causes.reason(e), e);
      }
    }
    token = token.strip();
    if (token.isEmpty()) {
      throw new UsageException(
          "the control token is missing; use --token-file FILE, as the server printed it, or "
              + VARIABLE);
    }
    if (!TOKEN.matcher(token).matches()) {
      throw new UsageException(where + " does not hold a control token");
    }
    return token;
  }
}
