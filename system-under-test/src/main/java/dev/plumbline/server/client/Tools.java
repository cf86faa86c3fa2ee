package dev.plumbline.server.client;

import dev.plumbline.server.observe.Log;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The server's tools, and calling them with the headers their schemas ask for. */
final class Tools {
  private static final int MAX_NAME = 128;

  private final Connection connection;
  private final RoundTrips trips;
  private final Pages pages;
  private volatile @Nullable Map<String, ToolHeaders> known;

  Tools(Connection connection, RoundTrips trips, Pages pages) {
    this.connection = connection;
    this.trips = trips;
    this.pages = pages;
  }

  /** Every tool that may be called. */
  List<JsonNode> list() throws RpcException, IOException, InterruptedException {
    List<JsonNode> all = pages.all("tools/list", "tools");
    if (!mirrors()) {
      return all;
    }
    Map<String, ToolHeaders> read = new LinkedHashMap<>();
    List<JsonNode> usable = new ArrayList<>();
    for (JsonNode tool : all) {
      ToolHeaders headers = ToolHeaders.of(tool);
      read.put(tool.path("name").asString(""), headers);
      if (headers.defect().isEmpty()) {
        usable.add(tool);
      } else {
        Log.line(
            "tool "
                + printable(tool.path("name").asString(""))
                + " is left out: "
                + headers.defect().get());
      }
    }
    known = read;
    return usable;
  }

  /** Mirroring belongs to HTTP in the stateless era. */
  private boolean mirrors() throws IOException, InterruptedException {
    Connection.Ready ready = connection.ready();
    return ready.profile().stateless() && ready.link().streamPerRequest();
  }

  /** Forgets the schemas, because the server said that they changed. */
  void changed() {
    known = null;
  }

  ObjectNode call(String name, ObjectNode params, CallOptions options)
      throws RpcException, IOException, InterruptedException {
    if (!mirrors()) {
      return trips.complete("tools/call", params, Map.of(), options);
    }
    try {
      return trips.complete("tools/call", params, fields(name, params), options);
    } catch (RpcException e) {
      if (!e.error().is(ErrorCode.HEADER_MISMATCH)) {
        throw e;
      }
      // The schema may have changed since it was read (2026-07-28 streamable-http, client
      // behavior).
      known = null;
      return trips.complete("tools/call", params, fields(name, params), options);
    }
  }

  private Map<String, String> fields(String name, ObjectNode params)
      throws RpcException, IOException, InterruptedException {
    Map<String, ToolHeaders> schemas = known;
    if (schemas == null) {
      list();
      schemas = known;
    }
    ToolHeaders headers = schemas == null ? null : schemas.get(name);
    if (headers == null) {
      return Map.of();
    }
    Optional<String> defect = headers.defect();
    if (defect.isPresent()) {
      throw new RejectedToolException(printable(name), defect.get());
    }
    JsonNode arguments = params.path("arguments");
    return headers.fields(arguments.isObject() ? arguments : JsonNodeFactory.instance.objectNode());
  }

  private static String printable(String name) {
    String cut = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
    return cut.replaceAll("[^A-Za-z0-9_.-]", "?");
  }
}
