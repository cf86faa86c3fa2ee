package dev.plumbline.ci.cli.requirement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.evidence.bundle.release.Release;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReleaseChecksTest {
  /** Demands on messages of 4 KB. */
  private static final Set<String> MESSAGES = Set.of("RC-193", "RC-194", "RC-195");

  @Test
  void everyCheckThatReleaseEvidenceNamesExists() throws Exception {
    List<String> named =
        Release.checks().stream().filter(check -> !MESSAGES.contains(check)).toList();
    assertThat(named).hasSizeGreaterThan(80).isSubsetOf(KnownChecks.all());
  }
}
