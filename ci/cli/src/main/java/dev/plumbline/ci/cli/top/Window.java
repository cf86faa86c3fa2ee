package dev.plumbline.ci.cli.top;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large the terminal is. Asked again and again, because nobody tells a Java program when it
 * changes.
 *
 * @param rows lines
 * @param columns cells of a line
 */
record Window(int rows, int columns) {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,4}) (\\d{1,4})\\s*");
  private static final long PATIENCE_MILLIS = 500;
  private static final int MAX_BYTES = 64;

  /** The size now, or this one when nobody knows. */
  Window now() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        stty.destroyForcibly();
        return this;
      }
      byte[] said = stty.getInputStream().readNBytes(MAX_BYTES);
      Matcher size = SIZE.matcher(new String(said, StandardCharsets.US_ASCII));
      return size.matches() && !size.group(1).equals("0")
          ? new Window(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)))
          : this;
    } catch (IOException e) {
      return this;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return this;
    }
  }
}
