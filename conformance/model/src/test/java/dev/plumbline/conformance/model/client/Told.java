package dev.plumbline.conformance.model.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.model.Breach;
import dev.plumbline.conformance.model.Heard;
import dev.plumbline.conformance.model.Offer;
import dev.plumbline.conformance.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Walks by the labels of deeds, each with what the client sends. */
final class Told<N> {
  private static final Offer NOTHING =
      new Offer(
          false, "", List.of(), false, List.of(), List.of(), List.of(), List.of(), List.of(),
          List.of(), List.of());

  private final ClientModel<N> model;
  private ClientModel.Scene<N> scene;
  private Optional<Breach> breach = Optional.empty();
  private long paused;
  private Optional<String> session = Optional.empty();
  private Optional<String> after = Optional.empty();
  private String verb = "";

  Told(ClientModel<N> model) {
    this.model = model;
    this.scene = model.start(NOTHING);
  }

  Told<N> in(String id) {
    session = Optional.of(id);
    return this;
  }

  Told<N> pausing(long millis) {
    paused = millis;
    return this;
  }

  Told<N> resuming(String id) {
    verb = "GET";
    after = Optional.of(id);
    return this;
  }

  Told<N> take(String label, String... messages) {
    assertThat(breach).isEmpty();
    Deed deed =
        model.commands(scene).stream()
            .filter(each -> each.label().equals(label))
            .findFirst()
            .orElseThrow(() -> new AssertionError(label + " among " + labels()));
    assertThat(Deed.of(deed.ask(), deed.label())).isEqualTo(deed);
    List<Heard.Event> events = new ArrayList<>();
    for (String message : messages) {
      boolean opens = message.contains("\"initialize\"");
      events.add(
          new Sent(
                  1,
                  1,
                  paused,
                  verb,
                  session,
                  opens ? Optional.empty() : Optional.of("2025-11-25"),
                  after,
                  new JsonMapper().readTree(message))
              .event());
    }
    switch (model.step(scene, deed, new Heard(0, 0, "", Optional.empty(), events))) {
      case Step.Allowed<ClientModel.Scene<N>>(var next) -> scene = next;
      case Step.Broken<ClientModel.Scene<N>>(var found) -> breach = Optional.of(found);
      case Step.Unclear<ClientModel.Scene<N>>(var why) -> throw new AssertionError(why);
    }
    return this;
  }

  /** News reach the user from now on. */
  Told<N> hearingNews() {
    verb = ClientSubscriptionModel.NEWS;
    return this;
  }

  private List<String> labels() {
    return model.commands(scene).stream().map(Deed::label).toList();
  }

  void holds() {
    assertThat(breach).isEmpty();
  }

  void breaks(String clause) {
    assertThat(breach.map(Breach::clause)).contains(clause);
  }
}
