package dev.plumbline.server.uri;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is given: the one form is a form of itself, or there is none (R198, R202). */
class UriProperties {
  private static final List<String> PIECES =
      List.of(
          "/",
          ".",
          "..",
          "%2e",
          "%2F",
          "%25",
          "%5c",
          "%C3%BC",
          "%c0",
          "%",
          "a",
          "B",
          "~",
          ":",
          "@",
          "?",
          "#",
          "[",
          "]",
          "//",
          ";",
          "=",
          "\\",
          "\0",
          "ü",
          "．",
          "%EF%BC%8F",
          "file:",
          "x:");

  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.of(PIECES).list().ofMaxSize(20).map(list -> String.join("", list));
  }

  @Property
  void anythingHasOneFormOrIsRefused(@ForAll String given) {
    check(given);
  }

  @Property
  void piecesHaveOneFormOrAreRefused(@ForAll("pieces") String given) {
    check(given);
  }

  @Property
  void pathsHaveOneFormOrAreRefused(@ForAll("pieces") String given) {
    check("file:///" + given);
    check("x://h/" + given);
  }

  private static void check(String given) {
    String form;
    try {
      form = Uri.parse(given).text();
    } catch (UriRefusedException e) {
      return;
    }
    assertThat(Uri.key(form)).isEqualTo(form);
    assertThat(form).matches("[!-~]+");
    String path = form.replaceFirst("[?#].*", "").replaceFirst("^[^:]*:(//[^/]*)?", "");
    assertThat(List.of(path.split("/", -1))).doesNotContain(".", "..");
    if (path.startsWith("/") && !path.contains("//")) {
      // What the JDK takes for normal is our form.
      assertThat(URI.create(form).normalize()).hasToString(form);
    }
  }
}
