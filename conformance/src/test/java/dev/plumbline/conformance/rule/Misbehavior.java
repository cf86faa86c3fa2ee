package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.wire.Messages;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What targets do that nobody should do; everything else about them is {@link MinimalServer}. */
enum Misbehavior {
  /** The tool has another name whenever it is listed, and is unknown by any earlier one. */
  CHANGES_ITS_TOOLS,
  /** Is gone in the middle, with everything it knew, and comes back. */
  RESTARTS,
  /** Calls of the tool are never answered. */
  NEVER_ANSWERS_CALLS,
  /** The list of tools has 100 MB. */
  SENDS_100_MB,
  /** Says twenty thousand things nobody asked for ahead of the list of tools. */
  FLOODS,
  /** Every fourth request or so ends the connection. */
  CLOSES_AT_RANDOM,
  /** Says what one era asks for in the other, and half of it. */
  MIXES_THE_ERAS;

  static final int NEWS = 20_000;
  static final int HUNDRED_MB = 100 * 1024 * 1024;
  private static final int RESTARTING_REQUEST = 12;

  /** How an answer leaves. */
  interface Wire {
    /** An ordinary answer. */
    void say(MinimalServer.Reply reply) throws IOException;

    /** This message so many times, then the answer. */
    void flood(ObjectNode news, int times, MinimalServer.Reply reply) throws IOException;

    /** An answer whose text is filled up to so many bytes. */
    void fill(MinimalServer.Reply reply, int bytes) throws IOException;

    /** Ends the connection without an answer. */
    void close() throws IOException;

    /** Ends everything and starts anew. */
    void restart() throws IOException;
  }

  /** A server that behaves like this. */
  Server server() {
    return new Server(this);
  }

  /** One server: it knows messages, not what carries them. */
  static final class Server {
    private final Misbehavior how;
    private final MinimalServer correct = new MinimalServer();
    private final Random random = new Random(7);
    private final AtomicInteger requests = new AtomicInteger();

    private Server(Misbehavior how) {
      this.how = how;
    }

    /** Answers one message, or does not. */
    void receive(
        JsonNode message, Optional<java.util.function.UnaryOperator<String>> headers, Wire wire)
        throws IOException {
      MinimalServer.Reply reply = correct.answer(message, headers);
      String method = message.path("method").asString("");
      boolean list = method.equals("tools/list") && reply.message().has("result");
      int number = requests.incrementAndGet();
      switch (how) {
        case CHANGES_ITS_TOOLS -> {
          if (list) {
            tool(reply).put("name", "now-" + number);
          } else if (method.equals("tools/call")) {
            reply.message().remove("result");
            reply.message().putObject("error").put("code", -32602).put("message", "no such tool");
          }
          wire.say(reply);
        }
        case RESTARTS -> {
          if (number == RESTARTING_REQUEST) {
            wire.restart();
          } else {
            wire.say(reply);
          }
        }
        case NEVER_ANSWERS_CALLS -> {
          if (!method.equals("tools/call")) {
            wire.say(reply);
          }
        }
        case SENDS_100_MB -> {
          if (list) {
            wire.fill(reply, HUNDRED_MB);
          } else {
            wire.say(reply);
          }
        }
        case FLOODS -> {
          if (list) {
            wire.flood(news(), NEWS, reply);
          } else {
            wire.say(reply);
          }
        }
        case CLOSES_AT_RANDOM -> {
          if (random.nextInt(4) == 0) {
            wire.close();
          } else {
            wire.say(reply);
          }
        }
        case MIXES_THE_ERAS -> {
          mix(reply.message().path("result"), method);
          wire.say(reply);
        }
      }
    }

    private static ObjectNode tool(MinimalServer.Reply reply) {
      return (ObjectNode) reply.message().at("/result/tools/0");
    }

    private static ObjectNode news() {
      ObjectNode news = Messages.object().put("jsonrpc", "2.0");
      return news.put("method", "notifications/tools/list_changed");
    }

    private static void mix(JsonNode result, String method) {
      if (!(result instanceof ObjectNode object)) {
        return;
      }
      if (method.equals("initialize")) {
        object.put("resultType", "complete").put("ttlMs", "soon").remove("serverInfo");
      } else if (object.has("resultType")) {
        object.put("resultType", 1).remove("ttlMs");
        object.put("protocolVersion", "2025-11-25");
      }
    }
  }
}
