package dev.plumbline.server.control.port;

import dev.plumbline.server.control.port.Route.Access;
import dev.plumbline.server.observe.Dashboard;
import dev.plumbline.server.observe.Telemetry;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is shown: sections, metrics, notices, the dashboard page. */
final class ViewRoutes {
  private static final int NOTICES = 200;

  private final Telemetry telemetry;
  private final Desk desk;

  ViewRoutes(Telemetry telemetry, Desk desk) {
    this.telemetry = telemetry;
    this.desk = desk;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/", Access.OPEN, (_, told) -> told.accept(page())),
        Route.of("GET", "/metrics", Access.TOKEN, (_, told) -> desk.answer(this::metrics, told)),
        Route.of("GET", "/notices", Access.TOKEN, (_, told) -> desk.answer(this::notices, told)),
        Route.of("GET", "/sections", Access.TOKEN, (_, told) -> told.accept(names())));
  }

  /** Holds no data; what it shows it asks for with the token. */
  private static Told page() {
    Dashboard page = Dashboard.page();
    return new Told(200, Dashboard.TYPE, page.html(), page.headers());
  }

  private Told metrics() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.builder().build();
      writer.write(out, telemetry.metrics().scrape());
      return new Told(200, writer.getContentType(), out.toString(StandardCharsets.UTF_8), Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Told notices() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    telemetry.events().recent(NOTICES).forEach(notice -> json.add(notice.toJson()));
    return Told.json(200, json);
  }

  private Told names() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    telemetry.introspection().names().forEach(json::add);
    return Told.json(200, json);
  }

  /** True when the path is that of a section, or of one thing in it. */
  boolean isSection(List<String> path) {
    return !path.isEmpty()
        && path.size() <= 2
        && telemetry.introspection().names().contains(path.getFirst());
  }

  /** Reads a section, or one thing of it. */
  void section(Ask ask, java.util.function.Consumer<Told> told) {
    desk.answer(
        () -> {
          Optional<JsonNode> found =
              ask.path().size() == 1
                  ? telemetry.introspection().read(ask.path().getFirst())
                  : telemetry.introspection().readItem(ask.path().getFirst(), ask.path().getLast());
          return found
              .map(json -> Told.json(200, json))
              .orElseGet(
                  () -> Told.error(404, "unknown_item", "nothing of this name is in the section"));
        },
        told);
  }
}
