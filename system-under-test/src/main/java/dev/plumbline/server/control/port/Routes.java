package dev.plumbline.server.control.port;

import dev.plumbline.server.control.port.Route.Access;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** From a request to what answers it. */
final class Routes {
  private final List<Route> fixed;
  private final Actions actions;
  private final boolean failpoints;
  private final Desk desk;
  private final ViewRoutes views;
  private final BooleanSupplier on;

  /**
   * @param on false while the control plane is switched off
   */
  Routes(
      List<Route> fixed,
      Actions actions,
      boolean failpoints,
      Desk desk,
      ViewRoutes views,
      BooleanSupplier on) {
    this.fixed = List.copyOf(fixed);
    this.actions = actions;
    this.failpoints = failpoints;
    this.desk = desk;
    this.views = views;
    this.on = on;
  }

  /** False while the control plane is switched off. */
  boolean on() {
    return on.getAsBoolean();
  }

  private record Match(Route route, Map<String, String> vars) {}

  /** Everything there is, for whoever looks at all of it. */
  List<Route> all() {
    return Stream.concat(fixed.stream(), actions.offered(failpoints).stream().map(this::route))
        .toList();
  }

  private Route route(Action action) {
    return Route.of(
        action.method(),
        action.pattern(),
        Access.TOKEN,
        (ask, told) -> desk.answer(() -> action.handler().handle(ask), told));
  }

  /**
   * Answers a request.
   *
   * @param stranger why whoever asks must not; asked for what is not open to all
   */
  void answer(Ask ask, Supplier<Optional<Told>> stranger, Consumer<Told> told) {
    Set<String> methods = new TreeSet<>();
    Optional<Match> match = find(ask, methods);
    boolean open = match.isPresent() && match.get().route().access().open();
    Optional<Told> refusal = open ? Optional.empty() : stranger.get();
    if (refusal.isPresent()) {
      told.accept(refusal.get());
    } else if (!on.getAsBoolean()
        && !(match.isPresent() && match.get().route().access().always())) {
      told.accept(Told.error(503, "switched_off", "the control plane is switched off"));
    } else if (match.isPresent()) {
      match.get().route().doer().answer(ask.with(match.get().vars()), told);
    } else if (views.isSection(ask.path()) && ask.method().equals("GET")) {
      views.section(ask, told);
    } else {
      told.accept(missed(ask, methods));
    }
  }

  private Told missed(Ask ask, Set<String> methods) {
    if (views.isSection(ask.path())) {
      methods.add("GET");
    }
    return methods.isEmpty()
        ? Told.notFound()
        : Told.error(405, "method_not_allowed", "use " + String.join(" or ", methods))
            .with("Allow", String.join(", ", methods));
  }

  private Optional<Match> find(Ask ask, Set<String> methods) {
    List<Match> matches = new ArrayList<>();
    for (Route route : all()) {
      Optional<Map<String, String>> vars = route.match(ask.path());
      if (vars.isPresent() && route.method().equals(ask.method())) {
        matches.add(new Match(route, vars.get()));
      } else if (vars.isPresent()) {
        methods.add(route.method());
      }
    }
    return matches.stream().findFirst();
  }
}
