package dev.plumbline.server.era;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The header fields of a message; names are case-insensitive. Empty on stdio. */
@FunctionalInterface
public interface HeaderView {
  /** No header layer. */
  HeaderView NONE = _ -> List.of();

  /** Every value of the field, in order of appearance. */
  List<String> all(String name);

  /** The names of all fields as they were sent; empty where nobody may ask. */
  default Set<String> names() {
    return Set.of();
  }

  /** The first value of the field. */
  default Optional<String> first(String name) {
    List<String> given = all(name);
    return given.isEmpty() ? Optional.empty() : Optional.of(given.getFirst());
  }
}
