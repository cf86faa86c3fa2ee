package dev.plumbline.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DashboardTest {
  private static final String HTML = Dashboard.page().html();
  private static final String POLICY =
      Dashboard.page().headers().getOrDefault("Content-Security-Policy", "");

  private static String inside(String element) {
    Matcher found =
        Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL).matcher(HTML);
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private static String digest(String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }

  @Test
  void allowsItsOwnScriptAndStyleAndNothingElse() throws Exception {
    assertThat(POLICY)
        .startsWith("default-src 'none'")
        .contains("script-src " + digest(inside("script")))
        .contains("style-src " + digest(inside("style")))
        .contains("connect-src 'self'")
        .doesNotContain("unsafe")
        .doesNotContain("http:");
  }

  @Test
  void namesNoOtherOriginAndParsesNothingAsHtml() {
    String withoutNames =
        HTML.replace("http://www.w3.org/2000/svg", "")
            .replace("https://html.spec.whatwg.org/multipage/server-sent-events.html", "");

    assertThat(withoutNames)
        .doesNotContain("http://", "https://", "//cdn", "@import", "url(")
        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "document.write");
  }

  @Test
  void keepsTheTokenOutOfUrlsAndOffTheDisk() {
    assertThat(HTML).contains("history.replaceState").doesNotContain("localStorage");
  }
}
