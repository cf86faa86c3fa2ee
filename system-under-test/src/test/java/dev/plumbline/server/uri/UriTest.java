package dev.plumbline.server.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.server.limit.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriTest {
  private static String form(String given) {
    try {
      return Uri.parse(given).text();
    } catch (UriRefusedException e) {
      return e.flaw().name();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        // RFC 3986 §6.2.2.
        "HTTP://www.EXAMPLE.com/ http://www.example.com/",
        "eXAMPLE://a/./b/../b/%63/%7bfoo%7d example://a/b/c/%7Bfoo%7D",
        "http://a/%7Euser http://a/~user",
        "http://a/%c3%bc%2f http://a/%C3%BC%2F",
        "http://a:/ http://a/",
        "http://a:80/ http://a:80/",
        "http://User@A/ http://User@a/",
        "http://%41/ http://a/",
        "http://[2001:DB8::1]:8/ http://[2001:db8::1]:8/",
        "http://a http://a",
        "http://a?Q=%2e http://a?Q=.",
        "http://a/b?c/../d http://a/b?c/../d",
        "http://a/b#c/../D http://a/b#c/../D",
        "urn:Example:A%2d1 urn:Example:A-1",
        "mailto:a@b mailto:a@b",
        "x: x:",
        "x:/ x:/",
        "x:a..b/.c x:a..b/.c",
        "a+b-c.1:x a+b-c.1:x",
        // RFC 8089 §2 and appendix B.
        "file:/etc/x file:///etc/x",
        "file:///etc/x file:///etc/x",
        "FILE://LocalHost/etc/x file:///etc/x",
        "file:///a%2520b file:///a%2520b",
        "file:/// file:///"
      })
  void hasOneForm(String given, String form) {
    assertThat(form(given)).isEqualTo(form);
    assertThat(form(form)).isEqualTo(form);
  }

  /** The base of RFC 3986 §5.4 is {@code http://a/b/c/d;p?q}; here the paths are merged already. */
  @ParameterizedTest
  @CsvSource({
    "http://a/b/c/g, http://a/b/c/g",
    "http://a/b/c/./g, http://a/b/c/g",
    "http://a/b/c/g/, http://a/b/c/g/",
    "http://a/b/c/d;p?y, http://a/b/c/d;p?y",
    "http://a/b/c/g?y#s, http://a/b/c/g?y#s",
    "http://a/b/c/g;x?y#s, http://a/b/c/g;x?y#s",
    "http://a/b/c/., http://a/b/c/",
    "http://a/b/c/./, http://a/b/c/",
    "http://a/b/c/.., http://a/b/",
    "http://a/b/c/../, http://a/b/",
    "http://a/b/c/../g, http://a/b/g",
    "http://a/b/c/../.., http://a/",
    "http://a/b/c/../../, http://a/",
    "http://a/b/c/../../g, http://a/g",
    "http://a/./g, http://a/g",
    "http://a/b/c/g., http://a/b/c/g.",
    "http://a/b/c/.g, http://a/b/c/.g",
    "http://a/b/c/g.., http://a/b/c/g..",
    "http://a/b/c/..g, http://a/b/c/..g",
    "http://a/b/c/./../g, http://a/b/g",
    "http://a/b/c/./g/., http://a/b/c/g/",
    "http://a/b/c/g/./h, http://a/b/c/g/h",
    "http://a/b/c/g/../h, http://a/b/c/h",
    "http://a/b/c/g;x=1/./y, http://a/b/c/g;x=1/y",
    "http://a/b/c/g;x=1/../y, http://a/b/c/y",
    "http://a/b/c/g?y/./x, http://a/b/c/g?y/./x",
    "http://a/b/c/g#s/../x, http://a/b/c/g#s/../x"
  })
  void removesDotSegments(String given, String form) {
    assertThat(form(given)).isEqualTo(form);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a/b/c/../../../g",
        "http://a/b/c/../../../../g",
        "http://a/../g",
        "http://a/%2E%2e/g",
        "file:///..",
        "x:/.."
      })
  void whereTheRfcCutsAPathAboveItsRootIsRefused(String given) {
    assertThat(form(given)).isEqualTo("ABOVE_ROOT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "../../etc/passwd NO_SCHEME",
        "//host/path NO_SCHEME",
        ":x NO_SCHEME",
        "1x:y NO_SCHEME",
        "x_y:z NO_SCHEME",
        "http://a/ü CHARACTER",
        "http://a/<b> CHARACTER",
        "http://a/[b] CHARACTER",
        "http://a/b#c#d CHARACTER",
        "http://a/%2 PERCENT",
        "http://a/%zz PERCENT",
        "http://a/%u002e PERCENT",
        "http://a/%％2e PERCENT",
        "http://a:b/ AUTHORITY",
        "http://a@b@c/ AUTHORITY",
        "http://[1::2::3]/ AUTHORITY",
        "http://[::1%25eth0]/ AUTHORITY",
        "http://[::1]x/ AUTHORITY",
        "http://a[b]/ AUTHORITY",
        "http://[v7.a]/ AUTHORITY",
        "http://a/%FF NOT_UTF_8",
        "http://a/%C0%AE NOT_UTF_8",
        "http://a/%ED%A0%80 NOT_UTF_8",
        "http://a/%252e ENCODED_TWICE",
        "http://a/%252F ENCODED_TWICE",
        "http://a/%25252e ENCODED_TWICE",
        "http://a/%250a ENCODED_TWICE",
        "http://a/%00 INVISIBLE",
        "http://a/?%0d%0a INVISIBLE",
        "http://a/%E2%80%AE INVISIBLE",
        "http://a/%E2%80%8B INVISIBLE",
        "http://a/%EF%BB%BF INVISIBLE",
        "http://a/\\b BACKSLASH",
        "http://a/%5Cb BACKSLASH",
        "http://a/%EF%BC%8F LOOK_ALIKE",
        "http://a/%EF%BC%8E LOOK_ALIKE",
        "http://a/%E2%88%95 LOOK_ALIKE",
        "http://a/%E2%84%AA LOOK_ALIKE",
        "http://a/%D0%B0b MIXED_SCRIPTS",
        "http://a/b%CE%BF MIXED_SCRIPTS",
        "x:a/../b NO_ROOT",
        "x:.. NO_ROOT",
        "x:/a/..//b AMBIGUOUS",
        "x:/a/..%2Fb HIDDEN_DOTS",
        "file:x NO_FILE",
        "file:///a%2Fb NO_FILE",
        "file:///a//b NO_FILE",
        "file:////a NO_FILE",
        "file://host/a NO_FILE",
        "file:///a?b NO_FILE",
        "file:///a#b NO_FILE"
      })
  void isRefusedForOneReason(String given, String flaw) {
    assertThat(form(given)).isEqualTo(flaw);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///%C3%BC.txt",
        "file:///u%CC%88.txt",
        "file:///%D0%9F%D1%80%D0%B8.txt",
        "file:///%D0%B0-b",
        "file:///%E6%9D%B1%E4%BA%AC%E3%82%BF-tower",
        "file:///%E6%9D%B1tower",
        "file:///%ED%95%9C%E5%AD%97",
        "file:///5%C2%B5m",
        "file:///a%2520b",
        "file:///..a/.../a..",
        "file:///a%20b",
        "test://t/a%2Fb/data"
      })
  void namesOfAllLanguagesAreLawful(String given) {
    assertThat(form(given)).isEqualTo(given);
  }

  @Test
  void isAsLongAsTheLimit() {
    String longest = "x:" + "a".repeat(Limits.MAX_URI_BYTES - 2);
    String shorter = longest.substring(0, Limits.MAX_URI_BYTES - 1);
    assertThat(form(shorter)).isEqualTo(shorter);
    assertThat(form(longest)).isEqualTo(longest);
    assertThat(form(longest + "a")).isEqualTo("TOO_LONG");
  }

  @ParameterizedTest
  @EnumSource
  void saysWhyInOneLine(Flaw flaw) {
    assertThat(new UriRefusedException(flaw)).hasMessage(flaw.text()).hasNoCause();
    assertThat(flaw.text()).hasSizeBetween(10, 90).doesNotContain("\n");
  }

  @Test
  void aFileHasAPath() throws UriRefusedException {
    assertThat(Uri.parse("file:///a%20b/%C3%BC").filePath()).isEqualTo("/a b/ü");
    Uri other = Uri.parse("http://a/b");
    assertThatThrownBy(other::filePath).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void isEqualToWhatHasTheSameForm() throws UriRefusedException {
    assertThat(Uri.parse("X:/%61/."))
        .isEqualTo(Uri.parse("x:/a/"))
        .hasSameHashCodeAs(Uri.parse("x:/a/"))
        .isNotEqualTo(Uri.parse("x:/a"))
        .hasToString("x:/a/");
    assertThat(Uri.key("X:/%61")).isEqualTo("x:/a");
    assertThat(Uri.key("not one")).isEqualTo("not one");
  }
}
