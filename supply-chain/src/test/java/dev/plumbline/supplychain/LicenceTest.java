package dev.plumbline.supplychain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.supplychain.Licence.Standing;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What expressions and names of licences come to. */
class LicenceTest {
  private static final LicenceTable TABLE = LicenceTable.standard();

  @ParameterizedTest
  @CsvSource({
    "Apache-2.0, ALLOWED",
    "apache-2.0, ALLOWED",
    "GPL-3.0-only, REFUSED",
    "GPL-2.0+, REFUSED",
    "AGPL-3.0-or-later, REFUSED",
    "LGPL-2.1-only, UNKNOWN",
    "SSPL-1.0, UNKNOWN",
    "GPL-3.0-only OR MIT, ALLOWED",
    "MIT AND GPL-3.0-only, REFUSED",
    "MIT AND LGPL-2.1-only, UNKNOWN",
    "GPL-3.0-only or mit, ALLOWED",
    "GPL-2.0-only WITH Classpath-exception-2.0, ALLOWED",
    "GPL-2.0-only WITH Bison-exception-2.2, REFUSED",
    "LGPL-2.1-only WITH Classpath-exception-2.0, UNKNOWN",
    "Apache-2.0 WITH LLVM-exception, ALLOWED",
    "GPL-2.0-with-classpath-exception, ALLOWED",
    "MIT OR MIT AND GPL-3.0-only, ALLOWED",
    "(MIT OR Zlib) AND GPL-3.0-only, REFUSED",
    "(GPL-3.0-only OR MIT) AND (AGPL-3.0-only OR BSD-2-Clause), ALLOWED"
  })
  void readsAnExpression(String expression, Standing standing) {
    assertThat(new Licence(expression, true).standing(TABLE)).isEqualTo(standing);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "(",
        ")",
        "MIT)",
        "(MIT",
        "MIT MIT",
        "MIT OR",
        "AND MIT",
        "MIT WITH",
        "OR"
      })
  void takesWhatIsNoExpressionForUnknown(String text) {
    assertThat(new Licence(text, true).standing(TABLE)).isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void boundsDepthAndLength() {
    assertThat(new Licence("(".repeat(16) + "MIT" + ")".repeat(16), true).standing(TABLE))
        .isEqualTo(Standing.ALLOWED);
    assertThat(new Licence("(".repeat(17) + "MIT" + ")".repeat(17), true).standing(TABLE))
        .isEqualTo(Standing.UNKNOWN);
    assertThat(new Licence("MIT OR ".repeat(200) + "MIT", true).standing(TABLE))
        .isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void knowsANameByTheTableOnly() {
    assertThat(named("APL2")).isEqualTo(Standing.ALLOWED);
    assertThat(named(" the mit license ")).isEqualTo(Standing.ALLOWED);
    assertThat(named("GNU General Public License, version 3")).isEqualTo(Standing.REFUSED);
    assertThat(named("GNU General Public License, version 2 with the GNU Classpath Exception"))
        .isEqualTo(Standing.ALLOWED);
    assertThat(named("MIT")).as("a name is not an id").isEqualTo(Standing.UNKNOWN);
    assertThat(named("House rules")).isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void choosesTheBestOfSeveral() {
    assertThat(choice("GPL-3.0-only", "EPL-2.0")).isEqualTo(Standing.ALLOWED);
    assertThat(choice("GPL-3.0-only", "LGPL-2.1-only")).isEqualTo(Standing.UNKNOWN);
    assertThat(choice("GPL-3.0-only", "AGPL-3.0-only")).isEqualTo(Standing.REFUSED);
    assertThat(choice()).isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void everyNameInTheTableHasAKnownMeaning() {
    assertThat(TABLE.names().values())
        .allMatch(meaning -> new Licence(meaning, true).standing(TABLE) != Standing.UNKNOWN);
  }

  private static Standing named(String name) {
    return new Licence(name, false).standing(TABLE);
  }

  private static Standing choice(String... ids) {
    List<Licence> licences = Arrays.stream(ids).map(id -> new Licence(id, true)).toList();
    return Licence.ofChoice(licences, TABLE);
  }
}
