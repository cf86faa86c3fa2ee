package dev.plumbline.server.feature;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What is offered now: a catalogue that can be replaced while the server runs, and whoever wants to
 * know about it. Readers never wait.
 */
public final class Offerings {
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private final int pageSize;
  private volatile Catalog catalog;

  /**
   * Offers the catalogue.
   *
   * @param pageSize items per page of a list; at least one
   */
  public Offerings(Catalog catalog, int pageSize) {
    if (pageSize < 1) {
      throw new IllegalArgumentException("a page has at least one item, not " + pageSize);
    }
    this.catalog = catalog;
    this.pageSize = pageSize;
  }

  /** Items per page of a list. */
  public int pageSize() {
    return pageSize;
  }

  /** What is offered now. */
  public Catalog catalog() {
    return catalog;
  }

  /** Replaces the catalogue and announces the lists that differ. */
  public void update(UnaryOperator<Catalog> change) {
    Catalog before;
    Catalog after;
    synchronized (this) {
      before = catalog;
      after = change.apply(before);
      catalog = after;
    }
    if (!before.tools().equals(after.tools())) {
      announce(new Change.ToolsListChanged());
    }
    if (!before.prompts().equals(after.prompts())) {
      announce(new Change.PromptsListChanged());
    }
    if (!before.resources().equals(after.resources())
        || !before.templates().equals(after.templates())) {
      announce(new Change.ResourcesListChanged());
    }
  }

  /** Tells every listener; a listener must not block. */
  public void announce(Change change) {
    listeners.forEach(listener -> listener.accept(change));
  }

  /** Adds a listener for as long as the server lives: one per era, not one per client. */
  public void listen(Consumer<Change> listener) {
    listeners.add(listener);
  }
}
