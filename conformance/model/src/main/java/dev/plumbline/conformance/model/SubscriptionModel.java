package dev.plumbline.conformance.model;

import dev.plumbline.conformance.model.SubscriptionModel.Act;
import dev.plumbline.conformance.model.SubscriptionModel.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Subscriptions of the stateless era ({@code 2026-07-28/basic/patterns/subscriptions}): each is
 * acknowledged first and tells what it was opened for, whatever others were opened for. When news
 * arrive, and how soon they end after a cancellation, is left open.
 */
public final class SubscriptionModel implements Model<State, Act> {
  private static final int MAX_OPEN = 3;
  private static final String ACKNOWLEDGED = "notifications/subscriptions/acknowledged";
  private static final String UPDATED = "notifications/resources/updated";
  private static final String ID = "io.modelcontextprotocol/subscriptionId";
  private static final Map<String, String> TOPICS =
      Map.of(
          "notifications/tools/list_changed", "toolsListChanged",
          "notifications/prompts/list_changed", "promptsListChanged",
          "notifications/resources/list_changed", "resourcesListChanged");

  /** What can be done. */
  public sealed interface Act extends Command {
    /**
     * Opens a subscription.
     *
     * @param label what it is for
     * @param topics the list changes
     * @param resources the resources
     */
    record Listen(String label, List<String> topics, List<String> resources) implements Act {
      @Override
      public Ask ask() {
        ObjectNode params = Ask.object();
        ObjectNode filter = params.putObject("notifications");
        topics.forEach(topic -> filter.put(topic, true));
        if (!resources.isEmpty()) {
          ArrayNode uris = filter.putArray("resourceSubscriptions");
          resources.forEach(uris::add);
        }
        return new Ask.Message(
            "subscriptions/listen", params, Ask.Kind.LASTING, Ask.Route.NONE, Ask.object());
      }
    }

    /**
     * Ends a subscription.
     *
     * @param request the id of the request that opened it
     */
    record Hush(int request) implements Act {
      @Override
      public String label() {
        return "hush-" + request;
      }

      @Override
      public Ask ask() {
        return new Ask.Hush(request);
      }
    }

    /**
     * Anything else, which may change something.
     *
     * @param label what is done
     * @param ask what is sent
     */
    record Say(String label, Ask ask) implements Act {}
  }

  /**
   * A subscription.
   *
   * @param request the id of the request that opened it
   * @param wanted what it was opened for
   * @param acknowledged whether its acknowledgement was seen
   * @param open whether it has not been ended
   */
  public record Subscribed(int request, Act.Listen wanted, boolean acknowledged, boolean open) {}

  /**
   * Every subscription there was.
   *
   * @param offer what the server offers
   * @param all the subscriptions in the order they were opened
   */
  public record State(Offer offer, List<Subscribed> all) {
    /** Copies the list. */
    public State {
      all = List.copyOf(all);
    }

    private List<Subscribed> open() {
      return all.stream().filter(Subscribed::open).toList();
    }

    private State with(Subscribed changed) {
      List<Subscribed> next = new ArrayList<>(all);
      next.replaceAll(s -> s.request() == changed.request() ? changed : s);
      return new State(offer, next);
    }
  }

  @Override
  public String name() {
    return "subscription";
  }

  @Override
  public Optional<String> obstacle(Offer offer) {
    return offer.topics().isEmpty() && offer.resources().isEmpty()
        ? Optional.of("the server offers nothing whose changes it tells")
        : Optional.empty();
  }

  @Override
  public State start(Offer offer) {
    return new State(offer, List.of());
  }

  @Override
  public List<Act> commands(State state) {
    Offer offer = state.offer();
    List<Act> acts = new ArrayList<>();
    for (Offer.Call call : offer.calls()) {
      acts.add(new Act.Say("call-" + call.name(), Ask.request("tools/call", call.params())));
    }
    acts.add(new Act.Say("discover", Ask.request("server/discover", Ask.object())));
    // The newest first, so that a choice means the same without an older one.
    state.open().reversed().forEach(open -> acts.add(new Act.Hush(open.request())));
    if (state.open().size() < MAX_OPEN) {
      for (String topic : offer.topics()) {
        acts.add(new Act.Listen("listen-" + topic, List.of(topic), List.of()));
      }
      for (int at = 0; at < offer.resources().size(); at++) {
        List<String> one = List.of(offer.resources().get(at));
        acts.add(new Act.Listen("listen-resource-" + (at + 1), List.of(), one));
      }
      acts.add(new Act.Listen("listen-everything", offer.topics(), offer.resources()));
    }
    return acts;
  }

  @Override
  public List<Act> ending(State state) {
    return state.open().stream().<Act>map(open -> new Act.Hush(open.request())).toList();
  }

  @Override
  public Step<State> step(State state, Act act, Heard heard) {
    return switch (act) {
      case Act.Listen listen -> {
        List<Subscribed> all = new ArrayList<>(state.all());
        all.add(new Subscribed(heard.asked(), listen, false, true));
        yield heard(new State(state.offer(), all), heard);
      }
      case Act.Hush hush -> {
        Step<State> step = heard(state, heard);
        yield step instanceof Step.Allowed<State>(State next)
            ? Step.to(ended(next, hush.request()))
            : step;
      }
      case Act.Say _ -> heard.unclear() ? Step.unclear(heard) : heard(state, heard);
    };
  }

  private static State ended(State state, int request) {
    State next = state;
    for (Subscribed one : state.all()) {
      if (one.request() == request) {
        next = next.with(new Subscribed(request, one.wanted(), one.acknowledged(), false));
      }
    }
    return next;
  }

  private static Step<State> heard(State state, Heard heard) {
    State now = state;
    for (Heard.Event event : heard.events()) {
      JsonNode message = event.message();
      JsonNode id = message.path("params").path("_meta").path(ID);
      if (!message.path("method").asString("").startsWith("notifications/") || id.isMissingNode()) {
        continue;
      }
      Optional<Subscribed> whose =
          now.all().stream().filter(s -> id.isInt() && id.asInt() == s.request()).findFirst();
      if (whose.isEmpty()) {
        return Step.broken(
            "BASE-555",
            "A notification names a subscription that was never opened.",
            "A notification on a subscription names the request that opened it.",
            "The subscription id was " + id + ".",
            "Name the id of the listen request, as the JSON value it came as.");
      }
      Step<State> step = told(now, whose.get(), message);
      if (!(step instanceof Step.Allowed<State>(State next))) {
        return step;
      }
      now = next;
    }
    return Step.to(now);
  }

  private static Step<State> told(State state, Subscribed whose, JsonNode message) {
    String method = message.path("method").asString("");
    if (method.equals(ACKNOWLEDGED)) {
      return Step.to(
          state.with(new Subscribed(whose.request(), whose.wanted(), true, whose.open())));
    }
    if (!whose.acknowledged()) {
      return Step.broken(
          "SUBS-503",
          "A subscription tells something before it is acknowledged.",
          "Nothing precedes the acknowledgement on a subscription.",
          "Subscription " + whose.request() + " began with " + method + ".",
          "Send the acknowledgement before the subscription can hear of changes.");
    }
    Set<String> wanted = new HashSet<>(whose.wanted().topics());
    String topic = TOPICS.getOrDefault(method, "");
    String uri = message.path("params").path("uri").asString("");
    boolean unwanted =
        method.equals(UPDATED)
            // What changed may lie below what was subscribed to.
            ? whose.wanted().resources().stream().noneMatch(uri::startsWith)
            : !topic.isEmpty() && !wanted.contains(topic);
    return unwanted
        ? Step.broken(
            "SUBS-501",
            "A subscription tells what it was not opened for.",
            "A subscription carries no notification type that was not asked for.",
            "Subscription "
                + whose.request()
                + " was opened for "
                + (whose.wanted().topics().isEmpty() ? "" : whose.wanted().topics() + " ")
                + (whose.wanted().resources().isEmpty() ? "" : whose.wanted().resources() + " ")
                + "and told "
                + method
                + (uri.isEmpty() ? "" : " of " + uri)
                + ".",
            "Keep a filter for each subscription, and look at no other one's.")
        : Step.to(state);
  }
}
