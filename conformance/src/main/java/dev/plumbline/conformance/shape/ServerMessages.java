package dev.plumbline.conformance.shape;

import static dev.plumbline.conformance.shape.Member.may;
import static dev.plumbline.conformance.shape.Member.must;
import static dev.plumbline.conformance.shape.Shapes.ID;
import static dev.plumbline.conformance.shape.Shapes.INTEGER;
import static dev.plumbline.conformance.shape.Shapes.OBJECT;
import static dev.plumbline.conformance.shape.Shapes.TEXT;
import static dev.plumbline.conformance.shape.Shapes.list;
import static dev.plumbline.conformance.shape.Shapes.object;
import static dev.plumbline.conformance.shape.Shapes.word;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Every message a server may send. */
public final class ServerMessages {
  private static final Member VERSION = must("jsonrpc", word("2.0"));

  /** A request that could not be read has no id to repeat. */
  private static final Shape ERROR_ID =
      spot -> {
        if (!spot.value().isNull()) {
          ID.check(spot);
        }
      };

  private static final Shape ERROR = object(must("code", INTEGER), must("message", TEXT));

  /** The data of the errors the pages define, by code and the revision that began it. */
  private static final Map<Integer, Member> DATA =
      Map.of(
          -32_021,
          must("data", object(must("requiredCapabilities", OBJECT))).since(Revision.R2026_07_28),
          -32_022,
          must("data", object(must("supported", list(TEXT)), must("requested", TEXT)))
              .since(Revision.R2026_07_28),
          -32_042,
          must("data", object(must("elicitations", list(OBJECT))))
              .since(Revision.R2025_11_25)
              .until(Revision.LAST_HANDSHAKE));

  private ServerMessages() {}

  /**
   * What is wrong with a message of a server.
   *
   * @param revision the revision that is spoken
   * @param method what the message answers; empty when it answers nothing that is known
   */
  public static List<Mismatch> check(JsonNode message, String revision, Optional<String> method) {
    Spot spot = Spot.of(message, revision);
    if (!message.isObject()) {
      spot.wrong("a JSON-RPC message");
      return spot.mismatches();
    }
    VERSION.check(spot);
    if (message.has("method")) {
      TEXT.check(spot.member("method"));
      if (message.has("id")) {
        ID.check(spot.member("id"));
        Asked.check(spot);
      } else {
        Notified.check(spot);
      }
    } else if (message.has("error")) {
      may("id", ERROR_ID).check(spot);
      spot.member("result").expect(!message.has("result"), "absent beside an error");
      error(spot.member("error"));
    } else {
      must("id", ID).check(spot);
      must("result", Results.of(method.orElse(""))).check(spot);
    }
    return spot.mismatches();
  }

  private static void error(Spot error) {
    ERROR.check(error);
    Member data = DATA.get(error.value().path("code").asInt(0));
    if (error.value().isObject() && data != null) {
      data.check(error);
    }
  }
}
