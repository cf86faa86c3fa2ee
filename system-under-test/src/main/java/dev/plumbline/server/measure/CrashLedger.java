package dev.plumbline.server.measure;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a killed writer had acknowledged, and what it had only begun. Lines: {@code ? ID} before
 * anything is done to a session, {@code + ID CHANGES} once it is stored, {@code - ID} once it is
 * deleted.
 */
final class CrashLedger {
  private final Map<String, Long> present = new HashMap<>();
  private final Set<String> deleted = new HashSet<>();
  private final Set<String> begun = new HashSet<>();
  private long acknowledged;
  private long deletions;
  private long lost;
  private long resurrected;
  private long undecided;

  /** Reads what one writer said; the last line may be cut off. */
  void read(List<String> lines) {
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "?" -> begun.add(words[1]);
        case "+" -> {
          if (words.length == 3) {
            present.put(words[1], Long.parseLong(words[2]));
            begun.remove(words[1]);
            acknowledged++;
          }
        }
        case "-" -> {
          present.remove(words[1]);
          deleted.add(words[1]);
          begun.remove(words[1]);
          deletions++;
        }
        default -> {}
      }
    }
  }

  /** Compares with what the file holds, which is the truth from now on. */
  void compare(Map<String, Long> found) {
    undecided += begun.size();
    present.forEach(
        (id, changes) -> {
          Long now = found.get(id);
          // What was begun may have happened: one change more, or the deletion.
          boolean open = begun.contains(id);
          boolean kept = now != null && (now.equals(changes) || (open && now == changes + 1));
          if (!kept && !(open && now == null)) {
            lost++;
          }
        });
    for (String id : found.keySet()) {
      if (deleted.contains(id) || (!present.containsKey(id) && !begun.contains(id))) {
        resurrected++;
      }
    }
    begun.stream().filter(id -> !found.containsKey(id)).forEach(deleted::add);
    begun.clear();
    present.clear();
    present.putAll(found);
  }

  void tell(ObjectNode figures) {
    figures.put("acknowledged", acknowledged);
    figures.put("deleted", deletions);
    figures.put("undecided", undecided);
    figures.put("sessionsAtTheEnd", present.size());
    figures.put("lost", lost);
    figures.put("resurrected", resurrected);
  }
}
