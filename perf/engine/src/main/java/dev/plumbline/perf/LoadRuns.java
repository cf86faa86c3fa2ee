package dev.plumbline.perf;

import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Header;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recorder;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.perf.client.CallPool;
import dev.plumbline.perf.client.HealthClient;
import dev.plumbline.perf.journey.GatlingRun;
import dev.plumbline.perf.judge.LoadVerdict;
import dev.plumbline.perf.load.LoadClient;
import dev.plumbline.perf.load.LoadEngine;
import dev.plumbline.perf.load.Samples;
import dev.plumbline.perf.load.Ticker;
import dev.plumbline.perf.raw.PerfPlan;
import dev.plumbline.perf.raw.Scenario;
import dev.plumbline.perf.raw.ScenarioWriter;
import dev.plumbline.perf.slo.Slo;
import dev.plumbline.perf.slo.SloFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Runs the load engine against one target, with the control port's health asked at the same time,
 * and writes each attempt. An attempt is repeated only when the generator was unhealthy in it.
 */
final class LoadRuns {
  /** One call at a time: the rate stays below this share of what the target can serve so. */
  static final double SERIAL_SHARE = 0.3;

  /** Where Gatling's part of the evidence lies. */
  static final String GATLING_FOLDER = "gatling";

  private static final Set<String> PROTOCOL_HEADERS =
      Set.of(
          "Host",
          "Content-Length",
          "Content-Type",
          "Accept",
          "Accept-Encoding",
          "User-Agent",
          "Connection",
          "MCP-Protocol-Version",
          "Mcp-Session-Id");

  private static final int MILLIS = 1_000;

  private final Target target;
  private final SuiteContext context;
  private final Map<String, String> facts;
  private final Ticker ticker = Ticker.system();
  private final List<String> healthAttempts = new ArrayList<>();
  private @Nullable Slo healthSlo;
  private final int repeats;
  private int repeated;

  LoadRuns(Target target, SuiteContext context, Map<String, String> facts, int repeats) {
    this.target = target;
    this.context = context;
    this.facts = facts;
    this.repeats = repeats;
  }

  /**
   * Runs one objective on calls.
   *
   * @param health the objective to ask the control port by meanwhile, if any
   * @throws TargetException when no conversation can be opened
   */
  PerfPlan.Entry calls(Slo planned, EraProbe probe, Optional<Slo> health)
      throws TargetException, HarnessException, IOException, InterruptedException {
    try (CallPool pool =
        CallPool.open(target, probe, planned.connections(), planned.deadline(), ticker)) {
      Slo slo = fitted(planned, pool, probe.transport());
      String request =
          pool.call().words() + " over " + probe.transport().id() + ", " + probe.revision();
      context.progress().note(Suite.PERF, slo.id() + ": " + request + ", " + rate(slo));
      List<String> attempts = new ArrayList<>();
      boolean healthy = false;
      while (!healthy && attempts.size() <= repeats && (attempts.isEmpty() || mayRepeat())) {
        if (!attempts.isEmpty()) {
          context.progress().note(Suite.PERF, slo.id() + ": the generator was late, once more");
        }
        healthy = attempt(slo, pool, request, health, attempts);
      }
      return entry(slo, probe, attempts);
    }
  }

  /** The quick profile has time for a few repeated attempts in all, not for each objective. */
  private boolean mayRepeat() {
    repeated++;
    return context.settings().profile() != Profile.QUICK || repeated <= repeats;
  }

  private static String rate(Slo slo) {
    return slo.perSecond() + " requests a second over " + slo.connections() + " connections";
  }

  /** Over one process calls go one at a time: more than it can serve would measure the queue. */
  private Slo fitted(Slo planned, CallPool pool, Transport transport) {
    Slo slo = planned.withConnections(pool.clients().size());
    if (pool.clients().size() < planned.connections() && transport == Transport.HTTP) {
      facts.put(
          "connections " + slo.id(),
          pool.clients().size() + " instead of " + planned.connections() + ": no more were given");
    }
    double serial = SERIAL_SHARE * MILLIS / Math.max(pool.trialMillis(), 0.001);
    if (transport == Transport.STDIO && serial < slo.perSecond()) {
      double lowered = Math.max(1, Math.floor(serial));
      facts.put(
          "rate " + slo.id(),
          lowered + "/s instead of " + slo.perSecond() + "/s: calls go one at a time over stdio");
      return slo.withRate(lowered);
    }
    return slo;
  }

  private boolean attempt(
      Slo slo, CallPool pool, String request, Optional<Slo> health, List<String> attempts)
      throws HarnessException, IOException, InterruptedException {
    int number = attempts.size() + 1;
    LoadEngine engine = new LoadEngine(slo.schedule(), slo.deadline(), ticker);
    boolean healthy = true;
    URI control = target.control().orElse(null);
    if (health.isPresent() && control != null) {
      healthy = besides(health.get(), control, slo, engine, pool, number);
    } else {
      engine.run(pool.clients());
    }
    Scenario scenario =
        ScenarioWriter.scenario(engine.samples(), slo, number, request, pool.sample());
    healthy &= LoadVerdict.healthy(scenario, slo);
    String folder = slo.id() + "-" + number;
    scenario.write(context.raw().resolve(folder));
    attempts.add(folder);
    return healthy;
  }

  /** Asks for health on connections and threads of its own while the engine runs. */
  private boolean besides(
      Slo planned, URI control, Slo load, LoadEngine engine, CallPool pool, int number)
      throws HarnessException, IOException, InterruptedException {
    Slo slo = planned;
    List<LoadClient> clients = new ArrayList<>();
    for (int i = 0; i < slo.connections(); i++) {
      clients.add(new HealthClient(control, slo.deadline(), ticker));
    }
    LoadEngine probing = new LoadEngine(slo.schedule(), slo.deadline(), ticker);
    FutureTask<Samples> asked = new FutureTask<>(() -> probing.run(clients));
    Thread thread = Thread.ofPlatform().name("load-health").daemon().start(asked);
    try {
      engine.run(pool.clients());
      Samples samples = asked.get();
      String words = "GET " + HealthClient.uri(control).getPath() + " during " + load.id();
      Scenario scenario = ScenarioWriter.scenario(samples, slo, number, words, words);
      String folder = slo.id() + "-" + load.id() + "-" + number;
      scenario.write(context.raw().resolve(folder));
      healthAttempts.add(folder);
      healthSlo = slo;
      return LoadVerdict.healthy(scenario, slo);
    } catch (ExecutionException e) {
      throw new HarnessException("asking for health failed: " + e.getCause(), e);
    } finally {
      thread.interrupt();
      clients.forEach(LoadClient::close);
    }
  }

  /** The health objective over everything that was asked meanwhile. */
  PerfPlan.Entry health(SloFile.Row row) {
    if (healthSlo == null) {
      return new PerfPlan.Entry(
          row.id(),
          row.title(),
          null,
          null,
          null,
          PerfPlan.State.NOT_OBSERVED,
          "no load was applied during which to ask",
          List.of());
    }
    return entry(healthSlo, null, healthAttempts);
  }

  /**
   * Runs the Gatling journey.
   *
   * @param jars the folder of jars it runs from
   * @throws TargetException when no session can be opened
   */
  PerfPlan.Entry journey(SloFile.Row row, EraProbe probe, Path jars)
      throws TargetException, HarnessException, IOException, InterruptedException {
    Slo slo = row.slo().orElseThrow();
    String call = "";
    try (CallPool pool = CallPool.open(target, probe, 1, slo.deadline(), ticker)) {
      if (pool.call().method().equals("tools/call")) {
        call = Messages.compact(pool.call().params());
      }
    }
    String words =
        "initialize, tools/list, " + (call.isEmpty() ? "" : "tools/call, ") + "DELETE over HTTP";
    URI url = target.url().orElseThrow(() -> new HarnessException("the target has no URL to load"));
    context.progress().note(Suite.PERF, slo.id() + ": " + words + ", with Gatling");
    new GatlingRun(jars, url, probe.revision(), userHeaders(probe), call, words)
        .run(slo, context.raw().resolve(GATLING_FOLDER), context.progress());
    return entry(slo, probe, List.of(GATLING_FOLDER));
  }

  /** What the user wants sent with every request: all headers but those of the protocol. */
  private List<Header> userHeaders(EraProbe probe)
      throws TargetException, HarnessException, InterruptedException {
    try (Conversation conversation =
        target.converse(probe.era(), probe.transport(), Recorder.forgetting())) {
      return conversation.draft("ping").headers().stream()
          .filter(h -> PROTOCOL_HEADERS.stream().noneMatch(h.name()::equalsIgnoreCase))
          .toList();
    }
  }

  private static PerfPlan.Entry entry(Slo slo, @Nullable EraProbe probe, List<String> attempts) {
    return new PerfPlan.Entry(
        slo.id(),
        slo.title(),
        slo,
        probe == null ? null : probe.era(),
        probe == null ? null : probe.transport(),
        PerfPlan.State.RUN,
        "",
        attempts);
  }
}
