package dev.plumbline.conformance.ledger;

import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Transport;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One numbered requirement of the specification. Ids are never reused: 001 to 499 belong to the
 * handshake era, 501 to 999 to the stateless era.
 *
 * @param id permanent id, for example {@code TOOL-003}
 * @param level the page's key word; a statement without one counts as a recommendation
 * @param actor whom it binds
 * @param capability what must be declared for it to apply, or null when it always applies
 * @param era the era it belongs to
 * @param transports what it can be observed over, at least one
 * @param consent what must be allowed to observe it
 * @param since the oldest protocol revision that holds it
 * @param until the newest protocol revision that holds it, or null when the era's newest one does
 * @param statement the requirement in one sentence of ours
 * @param page the specification page, for example {@code 2025-11-25/server/tools}; always of the
 *     newest revision that holds the clause; the pages of extensions begin with {@code extensions/}
 * @param anchor the heading it stands under; empty for the text before the first heading
 * @param digest SHA-256 in hex of the source sentence in normal form, to notice drift
 * @param rule the page file that holds its rule, for example {@code handshake/ToolRules}, or null
 * @param exclusion why there is no rule, or null when there is one
 */
public record Clause(
    String id,
    Level level,
    Actor actor,
    @Nullable String capability,
    Era era,
    List<Transport> transports,
    Consent consent,
    String since,
    @Nullable String until,
    String statement,
    String page,
    String anchor,
    String digest,
    @Nullable String rule,
    @Nullable Exclusion exclusion) {
  private static final Pattern ID = Pattern.compile("[A-Z]{3,4}-(\\d{3})");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern REVISION = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final String PAGE = "cites a page of another revision";
  private static final int FIRST_STATELESS = 501;
  private static final String EXTENSIONS = "extensions";

  /**
   * @throws IllegalArgumentException when the row breaks one of the ledger's laws
   */
  public Clause {
    transports = List.copyOf(transports);
    var matcher = ID.matcher(id);
    check(matcher.matches(), id, "is not an id like TOOL-003");
    boolean stateless = Integer.parseInt(matcher.group(1)) >= FIRST_STATELESS;
    check(stateless == (era == Era.STATELESS), id, "has a number of the other era");
    check(!transports.isEmpty(), id, "names no transport");
    check(!statement.isBlank(), id, "says nothing");
    check(REVISION.matcher(since).matches(), id, "has no revision it began with");
    checkSpan(id, era, since, until);
    boolean extension = era == Era.STATELESS && page.startsWith(EXTENSIONS + "/");
    String cited = until == null ? era.revision() : until;
    check(extension || page.startsWith(cited + "/") || page.equals(cited), id, PAGE);
    check(DIGEST.matcher(digest).matches(), id, "has no digest");
    check((rule == null) != (exclusion == null), id, "needs a rule or an exclusion, not both");
  }

  private static void checkSpan(String id, Era era, String since, @Nullable String until) {
    if (until != null) {
      check(REVISION.matcher(until).matches(), id, "has no revision it ended with");
      check(since.compareTo(until) <= 0, id, "ends before it begins");
      check(until.compareTo(era.revision()) < 0, id, "still holds, so it has no end");
    }
  }

  private static void check(boolean holds, String id, String problem) {
    if (!holds) {
      throw new IllegalArgumentException("clause " + id + " " + problem);
    }
  }

  /** The revision whose page it stands on, or {@code extensions}. */
  public String revision() {
    int slash = page.indexOf('/');
    return slash < 0 ? page : page.substring(0, slash);
  }

  /** Whether a rule could judge it and none does yet. */
  public boolean awaitsRule() {
    return exclusion != null && exclusion.kind().equals(Exclusion.NO_RULE_YET);
  }

  /** Page and anchor as they are cited, for example {@code 2025-11-25/server/tools#tool}. */
  public String citation() {
    return anchor.isEmpty() ? page : page + "#" + anchor;
  }
}
