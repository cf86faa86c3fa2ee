package dev.plumbline.ci.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to judge several servers: options shared by grid and diff. */
final class FleetOptions {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "quick (the default), standard or nightly.")
  @Nullable String profile;

  @Option(
      names = "--seed",
      paramLabel = "HEX",
      description = "The same random choices for every server; a new seed otherwise.")
  @Nullable String seed;

  @Option(
      names = "--only",
      paramLabel = "CLAUSE",
      split = ",",
      description = "Judge these clauses only, as in TOOL-003,TRAN-501.")
  List<String> only = new ArrayList<>();

  @Option(
      names = "--tag",
      paramLabel = "WORD",
      description = "Judge clauses with one of these words only; a second --tag must hold as well.")
  List<String> tags = new ArrayList<>();

  @Option(
      names = "--era",
      paramLabel = "ERA",
      description = "Judge one era only: handshake, stateless, or a revision.")
  @Nullable String era;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the folder is made (default: plumbline-out).")
  Path out = Path.of("plumbline-out");

  @Option(
      names = "--signing-key",
      paramLabel = "FILE",
      description = "Ed25519 private key (PEM) that signs every bundle.")
  @Nullable Path signingKey;

  @Option(
      names = "--json",
      description = "Print one JSON object on stdout; progress goes to stderr.")
  boolean json;
}
