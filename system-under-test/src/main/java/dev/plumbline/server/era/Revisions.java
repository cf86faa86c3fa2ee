package dev.plumbline.server.era;

import java.util.List;
import java.util.Set;

/** The protocol revisions this server speaks. */
public final class Revisions {
  /** The stateless revision. */
  public static final String STATELESS = "2026-07-28";

  /** The newest handshake revision: the counter-offer. */
  public static final String NEWEST_HANDSHAKE = "2025-11-25";

  /** The handshake revision that knows batches. */
  public static final String BATCHING = "2025-03-26";

  /** The handshake revision that brought elicitation, structured results and titles. */
  public static final String ELICITING = "2025-06-18";

  /** Handshake revisions, oldest first. */
  public static final List<String> HANDSHAKE =
      List.of("2024-11-05", BATCHING, ELICITING, NEWEST_HANDSHAKE);

  /** Everything, newest first. */
  public static final List<String> ALL =
      List.of(STATELESS, NEWEST_HANDSHAKE, ELICITING, BATCHING, "2024-11-05");

  private static final Set<String> HANDSHAKE_SET = Set.copyOf(HANDSHAKE);

  private Revisions() {}

  /** True for a revision that begins with a handshake. */
  public static boolean isHandshake(String revision) {
    return HANDSHAKE_SET.contains(revision);
  }

  /** True for any revision served here. */
  public static boolean isKnown(String revision) {
    return isHandshake(revision) || revision.equals(STATELESS);
  }

  /** True when the first revision is older than the second; revisions are dates. */
  public static boolean isBefore(String revision, String other) {
    return revision.compareTo(other) < 0;
  }

  /** The revision to answer an initialize with (2025-11-25 lifecycle, version negotiation). */
  public static String negotiate(String requested) {
    return isHandshake(requested) ? requested : NEWEST_HANDSHAKE;
  }
}
