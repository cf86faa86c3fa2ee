package dev.plumbline.server.bench;

import dev.plumbline.server.registry.EntryType;
import dev.plumbline.server.registry.OpaqueIds;
import dev.plumbline.server.registry.Registry;
import dev.plumbline.server.registry.Shelf;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A lookup in the registry, among few entries and among many. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RegistryBenchmark {
  private static final Object VALUE = new Object();

  /** A power of two, so that going round costs one step. */
  private static final int ASKED = 1 << 16;

  /** How many entries there are. */
  @Param({"1000", "100000"})
  public int entries;

  private final Registry registry = new Registry(System::nanoTime, InstantSource.system());
  private final Shelf<Object> shelf =
      registry.shelf(new EntryType<>("measured", Object.class, 2 * EntryType.MOST), _ -> {});
  private final String[] asked = new String[ASKED];
  private int at;

  /** Fills it, and chooses what is asked for, in no order. */
  @Setup
  public void fill() {
    OpaqueIds ids = new OpaqueIds();
    String[] keys = new String[entries];
    for (int i = 0; i < entries; i++) {
      keys[i] = ids.next();
      shelf.register(keys[i], VALUE, registry.owner("measured", keys[i]));
    }
    SplittableRandom random = new SplittableRandom(entries);
    for (int i = 0; i < ASKED; i++) {
      asked[i] = keys[random.nextInt(entries)];
    }
  }

  /** One lookup. */
  @Benchmark
  public @Nullable Object lookup() {
    return shelf.get(asked[at++ & (ASKED - 1)]);
  }
}
