package dev.plumbline.evidence.bundle.release;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A checklist: the ten usual weaknesses of applications by their ids of the OWASP Top 10 of 2021,
 * each with the checks of a bundle that look for it, and with what none of them looks at.
 *
 * @param id the id, {@code A01:2021}
 * @param title its name there
 * @param asks what is looked for in a server of this protocol, in our words
 * @param status what the run says
 * @param checks what it says by check and gate
 * @param notCovered what no check of a bundle looks at
 */
public record Owasp(
    String id,
    String title,
    String asks,
    Standing status,
    List<Shown> checks,
    @JsonProperty("not_covered") String notCovered) {

  private record Row(
      String id, String title, String asks, List<String> checks, String notCovered) {}

  private static final List<Row> ROWS =
      List.of(
          new Row(
              "A01:2021",
              "Broken Access Control",
              "a request gets no further than its origin, its token and its session let it, and no"
                  + " file outside of what is offered is read",
              List.of(
                  "TRAN-006",
                  "TRAN-016",
                  "TRAN-505",
                  "TRAN-532",
                  "TRAN-043",
                  "AUTH-052",
                  "AUTH-093",
                  "AUTH-536",
                  "AUTH-539",
                  "AUTH-550",
                  "ASEC-528",
                  "SECU-514",
                  "SECU-515",
                  "SECU-517",
                  "RES-517",
                  "RC-902",
                  "RC-908",
                  "RC-909"),
              "what a tool does on behalf of whom, once it may be called"),
          new Row(
              "A02:2021",
              "Cryptographic Failures",
              "tokens and secrets stay out of addresses, headers and logs, and nothing beyond the"
                  + " machine is asked for without TLS",
              List.of("AUTH-537", "TOOL-540", "LOG-004", "LOGG-507", "ELIC-040", "ELIC-532"),
              "protocol versions and ciphers of TLS, and how secrets are stored"),
          new Row(
              "A03:2021",
              "Injection",
              "what comes in is checked before it is worked on: addresses, headers, arguments,"
                  + " prompts",
              List.of(
                  "TOOL-006",
                  "TOOL-528",
                  "PROM-514",
                  "RES-008",
                  "RES-513",
                  "TOOL-535",
                  "TRAN-578",
                  "RC-902",
                  "RC-904",
                  "RC-906",
                  "RC-912",
                  "RC-913"),
              "what a tool makes of lawful arguments: queries, commands, markup"),
          new Row(
              "A04:2021",
              "Insecure Design",
              "limits, refusals and failure domains are part of the design and hold under stress",
              List.of(
                  "RC-102",
                  "RC-161",
                  "RC-166",
                  "RC-401",
                  "RC-708",
                  "RC-710",
                  "LOG-008",
                  "PROG-010"),
              "the model of threats itself, which people have to read (SECURITY.md)"),
          new Row(
              "A05:2021",
              "Security Misconfiguration",
              "as it was started, it lets nobody in from elsewhere and says nothing that it need"
                  + " not",
              List.of("TRAN-006", "TRAN-016", "TRAN-505", "TRAN-532", "TRAN-533", "AUTH-012"),
              "the settings of another deployment than the one that was judged"),
          new Row(
              "A06:2021",
              "Vulnerable and Outdated Components",
              "every part that ships is known, and no advisory about one is open",
              List.of("SBOM-001", "SBOM-002", "SBOM-003", "VULN-001", "VULN-002"),
              "parts of a server that is reached by its address alone"),
          new Row(
              "A07:2021",
              "Identification and Authentication Failures",
              "tokens are checked as they have to be, and sessions cannot be guessed or outlive"
                  + " their end",
              List.of(
                  "AUTH-052",
                  "AUTH-054",
                  "AUTH-055",
                  "AUTH-059",
                  "AUTH-538",
                  "AUTH-539",
                  "AUTH-540",
                  "AUTH-541",
                  "AUTH-549",
                  "SECU-515",
                  "SECU-517",
                  "TRAN-004",
                  "TRAN-007",
                  "TRAN-043",
                  "RC-301"),
              "the issuer of the tokens, and how people sign in there"),
          new Row(
              "A08:2021",
              "Software and Data Integrity Failures",
              "what runs is what was built and listed, and what was acknowledged is still there"
                  + " after a crash",
              List.of("BLD-001", "BLD-002", "G-03", "G-07", "RC-501", "RC-502"),
              "the machines that build, and the tools of the build"),
          new Row(
              "A09:2021",
              "Security Logging and Monitoring Failures",
              "health and control are answered under overload, and logs are free of secrets",
              List.of("RC-701", "RC-707", "LOG-004", "LOGG-507"),
              "whether events of security are written down: the trail of the bundled server is held"
                  + " by its tests, and its operator has to look"),
          new Row(
              "A10:2021",
              "Server-Side Request Forgery",
              "an address in a request is not followed by itself: not in a schema, not as a"
                  + " resource",
              List.of("BASE-540", "RES-008", "RES-513", "RC-907", "RC-908"),
              "what a tool fetches whose purpose is to fetch"));

  /** Copies the list. */
  public Owasp {
    checks = List.copyOf(checks);
  }

  static List<Owasp> of(Outcomes outcomes) {
    return ROWS.stream()
        .map(
            row -> {
              List<Shown> parts = outcomes.parts(row.checks());
              return new Owasp(
                  row.id(),
                  row.title(),
                  row.asks(),
                  Outcomes.together(parts),
                  parts,
                  row.notCovered());
            })
        .toList();
  }

  /** Every check and gate that is named. */
  static List<String> named() {
    return ROWS.stream().flatMap(row -> row.checks().stream()).distinct().toList();
  }
}
