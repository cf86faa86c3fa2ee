package dev.plumbline.supplychain;

/** Advisories made up for tests, in the OSV format. */
final class Osv {
  static final String CRITICAL = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"; // 9.8
  static final String HIGH = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"; // 7.5
  static final String MEDIUM = "CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:H/I:N/A:N"; // 5.3
  static final String HIGH_V4 =
      "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N"; // 8.7

  private Osv() {}

  /** An advisory about one package and one range. */
  static String advisory(String id, String name, String severity, String events) {
    return """
    {"schema_version": "1.7.0", "id": "%s", "modified": "2026-11-20T10:00:00Z", "aliases": ["CVE-%s"],
     "summary": "It breaks.", "references": [{"type": "WEB", "url": "https://example.org"}],
     %s
     "affected": [{"package": {"ecosystem": "Maven", "name": "%s", "purl": "pkg:maven/x/y"},
       "ranges": [{"type": "ECOSYSTEM", "events": [%s]}]}]}
    """
        .formatted(id, id, severity, name, events);
  }

  static String scored(String type, String vector) {
    return "\"severity\": [{\"type\": \"%s\", \"score\": \"%s\"}],".formatted(type, vector);
  }

  static String rated(String word) {
    return "\"database_specific\": {\"severity\": \"%s\"},".formatted(word);
  }

  static String introduced(String version) {
    return "{\"introduced\": \"" + version + "\"}";
  }

  static String fixed(String version) {
    return "{\"fixed\": \"" + version + "\"}";
  }
}
