package dev.plumbline.conformance.model;

import java.util.List;

/** Offers of peers in tests. */
final class Offers {
  static final Offer.Call ECHO = new Offer.Call("echo", Ask.object().put("text", "a"));

  /** Nothing but the protocol, over HTTP. */
  static final Offer NOTHING =
      new Offer(
          true,
          "2025-11-25",
          List.of("2025-11-25", "2025-06-18"),
          true,
          List.of("tools/list"),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of());

  /** One of everything, over HTTP. */
  static final Offer EVERYTHING =
      new Offer(
          true,
          "2025-11-25",
          List.of("2025-11-25", "2025-06-18"),
          true,
          List.of("tools/list"),
          List.of(ECHO),
          List.of(ECHO),
          List.of(ECHO),
          List.of("toolsListChanged", "promptsListChanged"),
          List.of("test://a"),
          List.of("tasks.cancel", "tasks.list", RoundTripModel.SEALED));

  private Offers() {}
}
