package dev.plumbline.server.era;

import dev.plumbline.server.feature.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The methods of an era by name.
 *
 * @param methods immutable
 */
public record MethodTable(Map<String, Method> methods) {
  /** Copies the map. */
  public MethodTable {
    methods = Map.copyOf(methods);
  }

  /** The method with this name. */
  public Optional<Method> find(String name) {
    return Optional.ofNullable(methods.get(name));
  }

  /** The same table with one method added or replaced. */
  public MethodTable with(String name, Method method) {
    Map<String, Method> more = new HashMap<>(methods);
    more.put(name, method);
    return new MethodTable(more);
  }

  /** The same table without one method. */
  public MethodTable without(String name) {
    Map<String, Method> fewer = new HashMap<>(methods);
    fewer.remove(name);
    return new MethodTable(fewer);
  }
}
