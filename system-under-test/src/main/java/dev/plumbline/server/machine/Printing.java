package dev.plumbline.server.machine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How all tables can be printed. */
public enum Printing {
  /** Blocks of lines. */
  TEXT,
  /** Mermaid state diagrams. */
  MERMAID,
  /** The page {@code docs/state-machines.md}. */
  MARKDOWN;

  private static final String PREFACE =
      """
      # State machines

      Every lifecycle of the bundled server and client is a table, and one interpreter runs all of them. For every
      state and every event a table says what happens: a move, an ignore with its reason, or a refusal with its
      reason. A refused event changes nothing; whoever caused it gets the reason. A timeout is an event too; it
      is dropped when the machine moved after it was armed. States finer than those everybody agreed on are reported as
      the state they belong to.

      Made by `plumbline machines markdown`; a test fails when this page and the tables differ.

      """;

  /** The form with this name. */
  public static Optional<Printing> named(String name) {
    return List.of(values()).stream()
        .filter(form -> form.name().equalsIgnoreCase(name))
        .findFirst();
  }

  /** All tables in this form. */
  public String all() {
    String body = Tables.all().stream().map(this::one).collect(Collectors.joining("\n"));
    return this == MARKDOWN ? PREFACE + body : body;
  }

  private String one(TransitionTable<?, ?> table) {
    return switch (this) {
      case TEXT -> TableText.text(table);
      case MERMAID -> TableText.mermaid(table);
      case MARKDOWN -> TableText.markdown(table);
    };
  }
}
