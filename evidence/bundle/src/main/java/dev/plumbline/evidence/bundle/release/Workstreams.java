package dev.plumbline.evidence.bundle.release;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The ten workstreams of the bundled server's release, each go, no-go or not shown. The release is
 * a go only when all ten are.
 *
 * @param decision what the ten say together
 * @param streams the ten, in order
 */
public record Workstreams(Go decision, List<Stream> streams) {

  /** Whether a workstream lets the release go. */
  public enum Go {
    /** Everything it demands was seen to hold. */
    @JsonProperty("go")
    GO("go"),
    /** Something it demands failed. */
    @JsonProperty("no-go")
    NO_GO("no-go"),
    /** Nothing failed, and not everything was looked at. */
    @JsonProperty("not shown")
    NOT_SHOWN("not shown");

    private final String text;

    Go(String text) {
      this.text = text;
    }

    /** The word in every report. */
    public String text() {
      return text;
    }
  }

  /**
   * One workstream.
   *
   * @param id {@code WS1} to {@code WS10}
   * @param title what it is about
   * @param demand what it demands, one sentence
   * @param state whether it lets the release go
   * @param checks the checks and gates it hangs on
   * @param note what no check of a bundle can say; null where nothing is left
   */
  public record Stream(
      String id, String title, String demand, Go state, List<Shown> checks, @Nullable String note) {
    /** Copies the list. */
    public Stream {
      checks = List.copyOf(checks);
    }
  }

  private record Row(String title, String demand, List<String> checks, @Nullable String note) {}

  private static final List<Row> ROWS =
      List.of(
          new Row(
              "Throughput",
              "95,000 messages of 4 KB a second, 99 % of them within 2 ms",
              List.of(NamedValues.THROUGHPUT, "RC-194", "RC-195"),
              "the rate is a target and no demand of a gate (C2)"),
          new Row(
              "Flow control",
              "no queue is ever above its cap, and memory is stable under overload",
              List.of("RC-708", "RC-713", "RC-808", "RC-813"),
              null),
          new Row(
              "Circuit breakers",
              "a storm of retries is stopped, and everything is back within 5 s",
              List.of("RC-161", "RC-166", "RC-714", "RC-814"),
              null),
          new Row(
              "Isolation",
              "what is killed harms nobody else, and is back within 2 s",
              List.of("RC-401", "RC-402", "RC-403"),
              null),
          new Row(
              "Scale",
              "99 % of the lookups take less than 1 ms among 100,000 entries",
              List.of("RC-201", "RC-202", "RC-203", "RC-204"),
              null),
          new Row(
              "Protocol",
              "nothing happens before initialization, versions are agreed on, no id is used twice",
              List.of(
                  "RC-102",
                  "LIFE-002",
                  "LIFE-003",
                  "TRAN-008",
                  "RC-301",
                  "RC-302",
                  "RC-311",
                  "RC-312"),
              "requests ahead of initialize are refused by the table of the session, which RC-102"
                  + " walks"),
          new Row(
              "Lifecycle",
              "nothing is left of what has ended",
              List.of("RC-313", "RC-314", "RC-713", "RC-185"),
              null),
          new Row(
              "Security",
              "a hundred of a hundred attacks are blocked, and no grave vulnerability is known",
              List.of(
                  "RC-901",
                  "RC-902",
                  "RC-903",
                  "RC-904",
                  "RC-906",
                  "RC-908",
                  "RC-909",
                  "RC-912",
                  "VULN-001"),
              null),
          new Row(
              "Supply chain",
              "everything that ships is listed, its builder is on record, and it has no known grave"
                  + " vulnerability",
              List.of(
                  "SBOM-001",
                  "SBOM-002",
                  "SBOM-003",
                  "BLD-001",
                  "BLD-002",
                  "VULN-001",
                  "G-07",
                  "G-14"),
              null),
          new Row(
              "Evidence",
              "the bundle is complete, and its tests reach enough of the code",
              List.of("G-01", "G-03", "G-17"),
              "the paper is printed and signed apart: .ci/paper and plumbline evidence check"));

  /** Copies the list. */
  public Workstreams {
    streams = List.copyOf(streams);
  }

  static Workstreams of(Outcomes outcomes, Map<String, Metric> named) {
    List<Stream> streams =
        IntStream.range(0, ROWS.size())
            .mapToObj(i -> stream("WS" + (i + 1), ROWS.get(i), outcomes, named))
            .toList();
    return new Workstreams(together(streams), streams);
  }

  /** Every check and gate that is named. */
  static List<String> named() {
    return ROWS.stream()
        .flatMap(row -> row.checks().stream())
        .filter(check -> !check.equals(NamedValues.THROUGHPUT))
        .distinct()
        .toList();
  }

  private static Stream stream(String id, Row row, Outcomes outcomes, Map<String, Metric> named) {
    List<Shown> parts = row.checks().stream().map(check -> part(check, outcomes, named)).toList();
    Go state =
        switch (Outcomes.together(parts)) {
          case SHOWN -> Go.GO;
          case FAILED -> Go.NO_GO;
          case PARTLY_SHOWN, NOT_RUN -> Go.NOT_SHOWN;
        };
    return new Stream(id, row.title(), row.demand(), state, parts, row.note());
  }

  private static Shown part(String check, Outcomes outcomes, Map<String, Metric> named) {
    Metric value = named.get(check);
    if (value == null) {
      return outcomes.part(check);
    }
    return switch (value.status()) {
      case MET -> new Shown(check, Standing.SHOWN, null);
      case NOT_MET ->
          new Shown(check, Standing.FAILED, value.value() + " of " + value.target() + " asked for");
      case OBSERVED, NOT_RUN, NOT_ATTEMPTED ->
          new Shown(check, Standing.NOT_RUN, "not attempted: " + value.note());
    };
  }

  private static Go together(List<Stream> streams) {
    if (streams.stream().anyMatch(stream -> stream.state() == Go.NO_GO)) {
      return Go.NO_GO;
    }
    return streams.stream().allMatch(stream -> stream.state() == Go.GO) ? Go.GO : Go.NOT_SHOWN;
  }
}
