package dev.plumbline.ci.cli.run;

import java.util.Map;
import java.util.TreeMap;

/** The machine and runtime a run happened on: part of the evidence, and the same on each look. */
final class Machine {
  private static final long MEBIBYTE = 1 << 20;

  private Machine() {}

  /** Facts that a reader needs to judge figures; no host name, no user name, no paths. */
  static Map<String, String> facts() {
    Runtime runtime = Runtime.getRuntime();
    Map<String, String> facts = new TreeMap<>();
    facts.put("os", property("os.name") + " " + property("os.version"));
    facts.put("arch", property("os.arch"));
    facts.put("cpus", Integer.toString(runtime.availableProcessors()));
    facts.put("max-heap-mib", Long.toString(runtime.maxMemory() / MEBIBYTE));
    facts.put("java", property("java.vendor") + " " + property("java.runtime.version"));
    if (java.lang.management.ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean machine) {
      facts.put("memory-mib", Long.toString(machine.getTotalMemorySize() / MEBIBYTE));
    }
    return facts;
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}
