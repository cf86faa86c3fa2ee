package dev.plumbline.server.control.port;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the rooms of the server let operators do, besides what every server can. */
public final class Actions {
  private final List<Action> actions = new CopyOnWriteArrayList<>();

  /** None yet. */
  public Actions() {}

  /** Adds one. */
  public void add(Action action) {
    actions.add(action);
  }

  /** All of them, or all that break nothing. */
  List<Action> offered(boolean failpoints) {
    return actions.stream().filter(action -> failpoints || !action.failpoint()).toList();
  }
}
