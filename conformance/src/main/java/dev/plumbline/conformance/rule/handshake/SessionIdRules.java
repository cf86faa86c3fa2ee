package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules on the ids of sessions, page {@code 2025-11-25/basic/transports}. */
public final class SessionIdRules {
  private static final String HEADER = "Mcp-Session-Id";
  private static final Requires SESSIONS = Probes.HANDSHAKE.since("2025-03-26").withSession();

  /** Ids that differ in one number by less than this were counted. */
  private static final BigInteger NEAR = BigInteger.valueOf(1_000);

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private SessionIdRules() {}

  /** The rules; both look at the sessions that were opened with every revision. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "TRAN-007",
            Probes.HTTP,
            SESSIONS,
            LifecycleRules.EVERY_VERSION,
            SessionIdRules::areVisible),
        new Rule(
            "TRAN-043",
            Probes.HTTP,
            SESSIONS,
            LifecycleRules.EVERY_VERSION,
            SessionIdRules::cannotBeGuessed));
  }

  private static List<Exchange> openings(Recording recording) {
    return recording.exchanges().stream()
        .filter(e -> Seen.method(e).equals("initialize") && e.header(HEADER).isPresent())
        .toList();
  }

  private static String id(Exchange opening) {
    return opening.header(HEADER).orElse("");
  }

  private static Verdict areVisible(Recording recording) {
    Examination examination = new Examination(recording);
    for (Exchange opening : openings(recording)) {
      if (id(opening).chars().allMatch(c -> c > ' ' && c < 0x7F)) {
        examination.kept();
      } else {
        examination.broken(
            opening,
            "A session id holds characters that are not visible ASCII.",
            "A session id consists of visible ASCII characters only, 0x21 to 0x7E.",
            "The id is \"" + id(opening) + "\".",
            "Make session ids of letters, digits and hyphens, for example a random UUID.");
      }
    }
    return examination.verdict();
  }

  private static Verdict cannotBeGuessed(Recording recording) {
    Examination examination = new Examination(recording);
    List<String> known = new ArrayList<>();
    for (Exchange opening : openings(recording)) {
      String id = id(opening);
      Optional<String> near = known.stream().filter(other -> isNear(other, id)).findFirst();
      known.add(id);
      if (near.isEmpty()) {
        examination.kept();
      } else {
        examination.broken(
            opening,
            near.get().equals(id)
                ? "Two sessions have the same id."
                : "A session id follows from the one before: they differ in a number that counts.",
            "A session id is unique and made by a cryptographically secure source.",
            "Two sessions were opened and got the ids \"" + near.get() + "\" and \"" + id + "\".",
            "Draw at least 128 random bits for every session id, for example a random UUID.");
      }
    }
    if (known.size() < 2) {
      examination.unseen("the server did not open two sessions");
    }
    return examination.verdict();
  }

  /** Whether two ids are equal, or differ in one number only, and there by little. */
  static boolean isNear(String one, String other) {
    if (!NUMBER.matcher(one).replaceAll("#").equals(NUMBER.matcher(other).replaceAll("#"))) {
      return false;
    }
    Matcher first = NUMBER.matcher(one);
    Matcher second = NUMBER.matcher(other);
    int differing = 0;
    while (first.find() && second.find()) {
      BigInteger gap = new BigInteger(first.group()).subtract(new BigInteger(second.group())).abs();
      if (gap.compareTo(NEAR) >= 0) {
        return false;
      }
      differing += gap.signum();
    }
    return differing <= 1;
  }
}
