package dev.plumbline.ci.cli;

import dev.plumbline.ci.cli.command.CommandLines;
import dev.plumbline.ci.cli.command.Console;

/** {@code plumbline}: judges whether an MCP server is fit to ship. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(CommandLines.execute(Console.ofProcess(), args));
  }
}
