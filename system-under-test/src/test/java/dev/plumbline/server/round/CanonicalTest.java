package dev.plumbline.server.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CanonicalTest {
  private static byte[] digest(String json) {
    ObjectNode value = (ObjectNode) new JsonMapper().readTree(json.replace('\'', '"'));
    return Canonical.digest(value, Set.of("_meta"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1,'b':2} | {'b':2,'a':1}",
        "{'a':10} | {'a':1e1}",
        "{'a':1} | {'a':1.0}",
        "{'a':0} | {'a':0.00}",
        "{'a':1,'_meta':{'x':1}} | {'a':1}",
      })
  void sharesADigest(String one, String other) {
    assertThat(digest(one)).isEqualTo(digest(other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1} | {'a':2}",
        "{'a':1} | {'a':'1'}",
        "{'a':[1,2]} | {'a':[2,1]}",
        "{'a':[[1],2]} | {'a':[[1,2]]}",
        "{'a':{'_meta':1}} | {'a':{}}",
        "{'a=1,b':2} | {'a':1,'b':2}",
        "{'a':null} | {}",
        "{'a':1} | {'a':10}",
      })
  void tellsApart(String one, String other) {
    assertThat(digest(one)).isNotEqualTo(digest(other));
  }
}
