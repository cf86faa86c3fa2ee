package dev.plumbline.perf.reliability;

import java.util.ArrayList;
import java.util.List;

/** What a run prints in which every attack was blocked. */
final class AttackLines {
  private AttackLines() {}

  static String all() {
    List<String> lines = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      lines.add(line("traversal", "TRV-%03d".formatted(i), "handshake", "absent", 200, -32002));
    }
    for (int i = 1; i <= 50; i++) {
      lines.add(
          line("headers", "HDR-%03d".formatted(i), "stateless", "refused", 400, -32600)
              .replace("resources/read", "head"));
    }
    for (int i = 1; i <= 40; i++) {
      lines.add(line("look-alikes", "UNI-%03d".formatted(i), "handshake", "refused", 200, -32602));
      lines.add(line("files", "FIL-%03d".formatted(i), "stateless", "absent", 200, -32602));
    }
    for (int i = 1; i <= 15; i++) {
      lines.add(served("lawful", "LAW-%03d".formatted(i)));
    }
    for (int i = 1; i <= 10; i++) {
      lines.add(served("lawful-heads", "LAH-%03d".formatted(i)));
    }
    lines.add(
        "{\"fuzz\":\"uri\",\"inputs\":10000,\"crashes\":0,\"unstable\":0,\"p99Us\":9.5,"
            + "\"medianUs\":1.5}");
    return String.join("\n", lines);
  }

  private static String served(String corpus, String id) {
    return line(corpus, id, "stateless", "served", 200, 0)
        .replace("\"served\":false", "\"served\":true");
  }

  private static String line(
      String corpus, String id, String era, String expected, int status, int code) {
    return """
    {"corpus":"%s","id":"%s","era":"%s","by":"resources/read","expected":"%s","status":%d,\
    "code":%d,"served":false,"secret":false,"injected":false,"after":true}"""
        .formatted(corpus, id, era, expected, status, code);
  }
}
