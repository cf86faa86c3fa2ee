package dev.plumbline.ci.cli.requirement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.evidence.bundle.release.Release;
import org.junit.jupiter.api.Test;

final class ReleaseChecksTest {
  @Test
  void everyCheckThatReleaseEvidenceNamesExists() throws Exception {
    assertThat(Release.checks()).hasSizeGreaterThan(80).isSubsetOf(KnownChecks.all());
  }
}
