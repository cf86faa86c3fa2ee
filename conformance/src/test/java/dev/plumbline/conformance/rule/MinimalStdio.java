package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.wire.Messages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** {@link MinimalServer} on standard input and output. */
final class MinimalStdio {
  private MinimalStdio() {}

  public static void main(String[] arguments) throws IOException {
    MinimalServer server = new MinimalServer();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Messages.parse(line)
          .map(server::answer)
          .filter(reply -> !reply.message().isEmpty())
          .ifPresent(reply -> out.println(Messages.compact(reply.message())));
    }
  }
}
