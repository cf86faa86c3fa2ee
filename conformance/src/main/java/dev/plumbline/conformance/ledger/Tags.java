package dev.plumbline.conformance.ledger;

import dev.plumbline.evidence.model.Transport;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Words by which clauses are chosen. None is assigned by hand: they are what a row of the ledger
 * says already, its page part by part, its capability, its level and its transports.
 */
public final class Tags {
  private static final String MUST = "must";
  private static final String SHOULD = "should";

  private Tags() {}

  /** The words of one clause, for example {@code server, tools, must, http, stdio}. */
  public static Set<String> of(Clause clause) {
    Set<String> tags = new TreeSet<>();
    String[] parts = clause.page().split("/", -1);
    for (int i = 1; i < parts.length; i++) {
      tags.add(parts[i]);
    }
    if (clause.capability() != null) {
      tags.add(clause.capability().split("\\.", 2)[0]);
    }
    tags.add(clause.level().isMandatory() ? MUST : SHOULD);
    clause.transports().stream().map(Transport::id).forEach(tags::add);
    return tags;
  }

  /** Every word that some clause has. */
  public static Set<String> all(Collection<Clause> clauses) {
    Set<String> tags = new TreeSet<>();
    clauses.forEach(clause -> tags.addAll(of(clause)));
    return tags;
  }

  /** The transport a word names; empty when it names something else. */
  public static Optional<Transport> transport(String tag) {
    for (Transport transport : Transport.values()) {
      if (transport.id().equals(tag)) {
        return Optional.of(transport);
      }
    }
    return Optional.empty();
  }
}
