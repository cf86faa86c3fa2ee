package dev.plumbline.server.control.port;

import dev.plumbline.server.control.port.Route.Access;
import dev.plumbline.server.observe.Telemetry;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is shown: sections, metrics, notices, the dashboard page. */
final class ViewRoutes {
  private static final int NOTICES = 200;

  /** The page and what belongs to it, when they are on the class path; none of it holds data. */
  private static final Map<String, String> ASSETS =
      new TreeMap<>(
          Map.of(
              "/", "dashboard.html",
              "/dashboard.js", "dashboard.js",
              "/dashboard.css", "dashboard.css"));

  private static final String ASSET_FOLDER = "/dev/plumbline/server/control/port/";

  private final Telemetry telemetry;
  private final Desk desk;

  ViewRoutes(Telemetry telemetry, Desk desk) {
    this.telemetry = telemetry;
    this.desk = desk;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/", Access.OPEN, (_, told) -> told.accept(asset("/"))),
        Route.of("GET", "/dashboard.js", Access.OPEN, (_, t) -> t.accept(asset("/dashboard.js"))),
        Route.of("GET", "/dashboard.css", Access.OPEN, (_, t) -> t.accept(asset("/dashboard.css"))),
        Route.of("GET", "/metrics", Access.TOKEN, (_, told) -> desk.answer(this::metrics, told)),
        Route.of("GET", "/notices", Access.TOKEN, (_, told) -> desk.answer(this::notices, told)),
        Route.of("GET", "/sections", Access.TOKEN, (_, told) -> told.accept(names())));
  }

  private static Told asset(String path) {
    String file = ASSETS.getOrDefault(path, "");
    try (InputStream in = ViewRoutes.class.getResourceAsStream(ASSET_FOLDER + file)) {
      if (in == null) {
        return Told.notFound();
      }
      String type =
          file.endsWith(".js")
              ? "text/javascript"
              : file.endsWith(".css") ? "text/css" : "text/html";
      return new Told(
              200,
              type + "; charset=utf-8",
              new String(in.readAllBytes(), StandardCharsets.UTF_8),
              Map.of())
          .with(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                  + " img-src 'self' data:; base-uri 'none'; form-action 'none';"
                  + " frame-ancestors 'none'")
          .with("Referrer-Policy", "no-referrer");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
