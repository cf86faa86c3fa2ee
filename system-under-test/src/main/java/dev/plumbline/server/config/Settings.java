package dev.plumbline.server.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Every setting there is, as data read from the record tree: path, kind, bounds, and whether a
 * change counts at once. Adding a component to a record adds a setting.
 */
public final class Settings {
  /** So many names may be given below one setting that takes names. */
  static final int MAX_NAMES = 1_000;

  /** The settings of the server. */
  public static final Settings SERVER = new Settings(ServerConfig.class);

  private static final String NAME = "*";
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
  private static final Pattern NAMES = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  private final Class<? extends Record> root;
  private final SortedMap<String, Row> rows = new TreeMap<>();

  /**
   * One setting.
   *
   * @param path where it is; ends with {@code *} when any name may stand there
   * @param kind how its values are written
   * @param min the least value, when there is an order
   * @param max the greatest value, when there is one
   * @param effect when a change counts
   * @param secret true when a value may hold a password
   */
  record Row(
      String path,
      Kind kind,
      Optional<BigDecimal> min,
      Optional<BigDecimal> max,
      Setting.Effect effect,
      boolean secret) {
    /** Why the value cannot be; empty when it can. */
    Optional<String> objection(Object value) {
      Optional<BigDecimal> size = kind.size(value);
      boolean low = size.isPresent() && min.isPresent() && size.get().compareTo(min.get()) < 0;
      boolean high = size.isPresent() && max.isPresent() && size.get().compareTo(max.get()) > 0;
      return low || high
          ? Optional.of(kind.format(value) + " is out of range; use " + range())
          : Optional.empty();
    }

    /** Why what was written stands for no value, with the value itself as {@code given}. */
    String misread(Scalar scalar, String given) {
      boolean number = kind.form().endsWith("number") && NUMBER.matcher(scalar.text()).matches();
      boolean whole = number && (kind instanceof Kind.Fraction || !scalar.text().contains("."));
      if (scalar.type() == Scalar.Type.PLAIN && whole) {
        return given + " is out of range; use " + range();
      }
      boolean quoted =
          scalar.type() == Scalar.Type.TEXT && kind.parse(Scalar.plain(scalar.text())).isPresent();
      return "must be "
          + kind.form()
          + ", not "
          + given
          + (quoted ? " in quotes; write it without them" : "");
    }

    private String range() {
      Optional<BigDecimal> most =
          kind instanceof Kind.Whole(long greatest)
              ? max.or(() -> Optional.of(BigDecimal.valueOf(greatest)))
              : max;
      return most.map(end -> show(min.orElse(BigDecimal.ZERO)) + " to " + show(end))
          .orElseGet(() -> show(min.orElse(BigDecimal.ZERO)) + " or more");
    }

    /** A bound as in a file. */
    String show(BigDecimal bound) {
      return kind instanceof Kind.Time
          ? Durations.format(java.time.Duration.ofNanos(bound.movePointRight(9).longValue()))
          : bound.stripTrailingZeros().toPlainString();
    }
  }

  private Settings(Class<? extends Record> root) {
    this.root = root;
    add("", root);
  }

  private void add(String prefix, Class<?> type) {
    for (RecordComponent component : type.getRecordComponents()) {
      String path = prefix + component.getName();
      if (component.getType().isRecord()) {
        add(path + ".", component.getType());
      } else if (component.getType() == Map.class) {
        put(path + "." + NAME, valueType(component), component);
      } else {
        put(path, component.getType(), component);
      }
    }
  }

  private void put(String path, Class<?> type, RecordComponent component) {
    Kind kind =
        Kind.of(type)
            .orElseThrow(
                () -> new IllegalStateException(path + ": settings cannot be of type " + type));
    Setting setting = component.getAnnotation(Setting.class);
    String least = setting == null ? "" : setting.min();
    String most = setting == null ? "" : setting.max();
    boolean ordered = kind instanceof Kind.Time || kind.form().endsWith("number");
    rows.put(
        path,
        new Row(
            path,
            kind,
            ordered && least.isEmpty() ? Optional.of(BigDecimal.ZERO) : bound(kind, least),
            bound(kind, most),
            setting == null ? Setting.Effect.RESTART : setting.effect(),
            setting != null && setting.secret()));
  }

  private static Optional<BigDecimal> bound(Kind kind, String text) {
    return text.isEmpty() ? Optional.empty() : kind.parse(Scalar.plain(text)).flatMap(kind::size);
  }

  private static Class<?> valueType(RecordComponent component) {
    Type[] arguments = ((ParameterizedType) component.getGenericType()).getActualTypeArguments();
    Class<?> boxed = (Class<?>) arguments[1];
    return boxed == Integer.class ? int.class : boxed == Long.class ? long.class : boxed;
  }

  /** Every setting, by path. */
  List<Row> rows() {
    return List.copyOf(rows.values());
  }

  /** The setting at a path; a name may stand where names may. */
  Optional<Row> find(String path) {
    Row exact = rows.get(path);
    if (exact != null) {
      return path.endsWith(NAME) ? Optional.empty() : Optional.of(exact);
    }
    int dot = path.lastIndexOf('.');
    boolean named = dot > 0 && NAMES.matcher(path.substring(dot + 1)).matches();
    return named
        ? Optional.ofNullable(rows.get(path.substring(0, dot + 1) + NAME))
        : Optional.empty();
  }

  /** True when something lies below the path. */
  boolean isFolder(String path) {
    String prefix = path + ".";
    return rows.tailMap(prefix).keySet().stream()
        .findFirst()
        .filter(p -> p.startsWith(prefix))
        .isPresent();
  }

  /** What may stand at a place, for whoever wrote something else there. */
  String known(String folder) {
    String prefix = folder.isEmpty() ? "" : folder + ".";
    List<String> names =
        rows.keySet().stream()
            .filter(path -> path.startsWith(prefix))
            .map(path -> path.substring(prefix.length()).replaceFirst("\\..*", ""))
            .distinct()
            .toList();
    return names.equals(List.of(NAME))
        ? "a name of lower case letters, digits and _"
        : String.join(", ", names);
  }

  /** The values of a tree, by path. */
  SortedMap<String, Object> flatten(Record tree) {
    SortedMap<String, Object> values = new TreeMap<>();
    flatten("", tree, values);
    return values;
  }

  private static void flatten(String prefix, Record tree, Map<String, Object> values) {
    for (RecordComponent component : tree.getClass().getRecordComponents()) {
      String path = prefix + component.getName();
      Object value = read(component, tree);
      switch (value) {
        case Record inner -> flatten(path + ".", inner, values);
        case Map<?, ?> named ->
            named.forEach(
                (name, one) -> values.put(path + "." + name, Objects.requireNonNull(one)));
        default -> values.put(path, value);
      }
    }
  }

  private static Object read(RecordComponent component, Record tree) {
    try {
      return Objects.requireNonNull(component.getAccessor().invoke(tree));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }

  /** The server's tree with these values; all of them must be there. */
  ServerConfig build(Map<String, Object> values) {
    return (ServerConfig) build("", root, values);
  }

  private static Object build(String prefix, Class<?> type, Map<String, Object> values) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] arguments =
        Arrays.stream(components)
            .map(component -> value(prefix + component.getName(), component, values))
            .toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot build " + type, e);
    }
  }

  private static Object value(String path, RecordComponent component, Map<String, Object> values) {
    if (component.getType().isRecord()) {
      return build(path + ".", component.getType(), values);
    }
    if (component.getType() != Map.class) {
      return Objects.requireNonNull(values.get(path), path);
    }
    Map<String, Object> named = new HashMap<>();
    values.forEach(
        (at, value) -> {
          if (at.startsWith(path + ".")) {
            named.put(at.substring(path.length() + 1), value);
          }
        });
    return named;
  }
}
