package dev.plumbline.conformance.explore;

import dev.plumbline.conformance.model.Offer;
import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.probe.ToolInfo;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds what walks can use: tools that answer at once, that ask, or that run as tasks. */
public final class Survey {
  /** So many tools are tried. */
  private static final int MAX_TRIED = 40;

  /** So long they are tried, together. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** So many of a kind take part in walks. */
  private static final int MAX_KEPT = 2;

  /** So many tools that may change something take part in walks. */
  private static final int MAX_CHANGING = 6;

  /** A tool that takes longer takes no part. */
  private static final Duration QUICK = Duration.ofMillis(500);

  private static final String TASKS = "tasks.requests.tools.call";

  private final EraProbe probe;
  private final Consent consent;
  private final Conversation conversation;

  private Survey(EraProbe probe, Consent consent, Conversation conversation) {
    this.probe = probe;
    this.consent = consent;
    this.conversation = conversation;
  }

  /**
   * What the target offers to walks.
   *
   * @param conversation fresh; only calls tools within the consent
   * @param tools whether tools are tried
   */
  public static Offer of(EraProbe probe, Consent consent, Conversation conversation, boolean tools)
      throws TargetException, HarnessException, InterruptedException {
    return new Survey(probe, consent, conversation).offer(tools);
  }

  private Offer offer(boolean tools)
      throws TargetException, HarnessException, InterruptedException {
    List<Offer.Call> talking = new ArrayList<>();
    List<Offer.Call> changing = new ArrayList<>();
    List<Offer.Call> plain = new ArrayList<>();
    List<Offer.Call> asking = new ArrayList<>();
    List<Offer.Call> tasks = new ArrayList<>();
    if (tools) {
      conversation.open();
      Map<String, String> support = support();
      long until = System.nanoTime() + PATIENCE.toNanos();
      for (ToolInfo tool : callable()) {
        if (System.nanoTime() > until) {
          break;
        }
        Offer.Call call = new Offer.Call(tool.name(), (ObjectNode) tool.arguments());
        boolean task = !support.getOrDefault(tool.name(), "forbidden").equals("forbidden");
        if (task && probe.declares(TASKS)) {
          // Where a task may be done without, nothing unusual is expected of it.
          boolean optional = "optional".equals(support.get(tool.name()));
          tasks.add(optional ? 0 : tasks.size(), call);
        }
        if (!"required".equals(support.get(tool.name()))) {
          kind(tool, call, talking, changing, plain, asking);
        }
      }
    }
    List<Offer.Call> calls = new ArrayList<>(changing.stream().limit(MAX_CHANGING).toList());
    calls.addAll(first(talking));
    calls.addAll(plain.stream().limit(1).toList());
    boolean http = probe.transport() == Transport.HTTP || probe.transport() == Transport.HTTP2;
    return new Offer(
        http,
        probe.revision(),
        probe.era() == Era.HANDSHAKE ? probe.revisions() : List.of(),
        probe.session(),
        Probes.LISTED.stream().filter(probe::declares).map(f -> f + "/list").toList(),
        calls,
        tasks.stream().limit(1).toList(),
        first(asking),
        topics(),
        probe.declares("resources.subscribe")
            ? probe.resources().stream().limit(MAX_KEPT).toList()
            : List.of(),
        List.of("tasks.cancel", "tasks.list").stream().filter(probe::declares).toList());
  }

  private static List<Offer.Call> first(List<Offer.Call> calls) {
    return calls.stream().limit(MAX_KEPT).toList();
  }

  private List<String> topics() {
    return Probes.LISTED.stream()
        .filter(feature -> probe.declares(feature + ".listChanged"))
        .map(feature -> feature + "ListChanged")
        .toList();
  }

  private List<ToolInfo> callable() {
    return probe.tools().stream()
        .filter(tool -> tool.callable() && consent.covers(tool.needs()))
        .limit(MAX_TRIED)
        .toList();
  }

  /** Calls it once to see what it is like. */
  private void kind(
      ToolInfo tool,
      Offer.Call call,
      List<Offer.Call> talking,
      List<Offer.Call> changing,
      List<Offer.Call> plain,
      List<Offer.Call> asking)
      throws HarnessException, InterruptedException {
    ObjectNode params = call.params();
    params.putObject("_meta").put("progressToken", "plumbline-survey");
    Draft draft = conversation.draft("tools/call", params).deadline(QUICK);
    if (probe.era() == Era.STATELESS) {
      draft = draft.meta(meta -> meta.set(Draft.META_CAPABILITIES, everything()));
    }
    Exchange seen = conversation.send("survey-" + tool.name(), draft);
    Optional<JsonNode> result = seen.result();
    if (result.isEmpty()) {
      return;
    }
    if (result.get().path("resultType").asString("").equals("input_required")) {
      asking.add(call);
    } else if (!tool.readOnly()) {
      changing.add(call);
    } else if (seen.messages().size() > 1) {
      talking.add(call);
    } else {
      plain.add(call);
    }
  }

  private static ObjectNode everything() {
    ObjectNode all = Messages.object();
    all.putObject("elicitation").putObject("form");
    all.putObject("sampling");
    all.putObject("roots");
    return all;
  }

  /** Whether tools run as tasks, by name, as their list says. */
  private Map<String, String> support() throws HarnessException, InterruptedException {
    Map<String, String> support = new TreeMap<>();
    if (!probe.declares(TASKS)) {
      return support;
    }
    Optional<String> cursor = Optional.empty();
    for (int page = 0; page < Probes.MAX_PAGES && (page == 0 || cursor.isPresent()); page++) {
      ObjectNode params = cursor.map(c -> Probes.params("cursor", c)).orElseGet(Messages::object);
      Exchange list = conversation.send("tools-list", conversation.draft("tools/list", params));
      JsonNode result = list.result().orElseGet(Messages::object);
      for (JsonNode tool : result.path("tools")) {
        support.put(
            tool.path("name").asString(""),
            tool.path("execution").path("taskSupport").asString("forbidden"));
      }
      cursor = result.path("nextCursor").stringValueOpt();
    }
    return support;
  }
}
