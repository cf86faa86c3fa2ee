package dev.plumbline.conformance.ledger;

import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every clause, in the order of the pages. Loaded strictly: an odd row is our own fault. */
public final class Ledger {
  private static final String INDEX_SCHEMA = "plumbline/ledger-index/v1";
  private static final String PAGE_SCHEMA = "plumbline/ledger/v1";
  private static final String INDEX = "index.json";

  private static @Nullable Ledger loaded;

  private final Map<String, Clause> clauses;

  private Ledger(Map<String, Clause> clauses) {
    this.clauses = Collections.unmodifiableMap(clauses);
  }

  /** The files of the ledger, by page. */
  private record Index(String schema, List<String> files, int count) {}

  /** The rows of one page. */
  private record Page(String schema, Era era, String page, List<Row> clauses, int count) {}

  /** A clause as it is written: era and page stand above the rows. */
  private record Row(
      String id,
      Level level,
      Actor actor,
      @Nullable String capability,
      List<Transport> transports,
      Consent consent,
      String since,
      @Nullable String until,
      String statement,
      String anchor,
      String digest,
      @Nullable String rule,
      @Nullable Exclusion exclusion) {
    Clause on(Era era, String page) {
      return new Clause(
          id,
          level,
          actor,
          capability,
          era,
          transports,
          consent,
          since,
          until,
          statement,
          page,
          anchor,
          digest,
          rule,
          exclusion);
    }
  }

  /**
   * The ledger that is part of this build; it is read once.
   *
   * @throws HarnessException when a file is missing or a row breaks the ledger's laws
   */
  public static synchronized Ledger load() throws HarnessException {
    Ledger known = loaded;
    if (known == null) {
      known = read();
      loaded = known;
    }
    return known;
  }

  private static Ledger read() throws HarnessException {
    try {
      Index index = read(INDEX, Index.class);
      sealed(INDEX, INDEX_SCHEMA.equals(index.schema()) && index.count() == index.files().size());
      Map<String, Clause> clauses = new LinkedHashMap<>();
      for (String file : index.files()) {
        for (Clause clause : page(file)) {
          if (clauses.put(clause.id(), clause) != null) {
            throw new IOException(file + ": clause " + clause.id() + " is there twice");
          }
        }
      }
      return new Ledger(clauses);
    } catch (IOException | IllegalArgumentException e) {
      throw new HarnessException("the clause ledger is broken: " + e.getMessage(), e);
    }
  }

  private static List<Clause> page(String file) throws IOException {
    Page page = read(file, Page.class);
    sealed(file, PAGE_SCHEMA.equals(page.schema()) && page.count() == page.clauses().size());
    List<Clause> clauses = new ArrayList<>();
    for (Row row : page.clauses()) {
      clauses.add(row.on(page.era(), page.page()));
    }
    return clauses;
  }

  private static void sealed(String file, boolean whole) throws IOException {
    if (!whole) {
      throw new IOException(file + ": form or count is wrong");
    }
  }

  private static <T> T read(String file, Class<T> type) throws IOException {
    try (InputStream in = Ledger.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException(file + " is missing");
      }
      return Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), type);
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** All clauses, in the order of the pages. */
  public Collection<Clause> clauses() {
    return clauses.values();
  }

  /** The clause with this id. */
  public Optional<Clause> clause(String id) {
    return Optional.ofNullable(clauses.get(id));
  }

  /** The clauses a rule judges. */
  public List<Clause> ruled() {
    return clauses.values().stream().filter(clause -> clause.rule() != null).toList();
  }
}
