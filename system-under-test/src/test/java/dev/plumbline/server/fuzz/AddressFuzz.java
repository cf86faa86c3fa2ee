package dev.plumbline.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.uri.Uri;
import dev.plumbline.server.uri.UriRefusedException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Any text is a URI in its one form, which is its own form and leads nowhere up, or is refused in
 * words.
 */
public final class AddressFuzz {
  private static final Pattern DOT_SEGMENT =
      Pattern.compile(
          "^[^:]+:(//[^/?#]*)?+([^?#]*/)?(\\.|%2e){1,2}([/?#].*)?$", Pattern.CASE_INSENSITIVE);

  private AddressFuzz() {}

  /** One input. */
  public static void fuzzerTestOneInput(byte[] data) throws UriRefusedException {
    Uri uri;
    try {
      uri = Uri.parse(new String(data, StandardCharsets.UTF_8));
    } catch (UriRefusedException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    assertThat(uri.text()).matches("[!-~]+").doesNotMatch(DOT_SEGMENT);
    assertThat(Uri.parse(uri.text())).isEqualTo(uri);
    if (uri.isFile()) {
      assertThat(uri.filePath()).startsWith("/").doesNotContain("\0", "/../");
    }
  }
}
