package dev.plumbline.ci.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to judge: options shared by every command that judges a server. */
final class RunOptions {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "quick (at most a minute, the default), standard (about ten) or nightly (hours).")
  @Nullable String profile;

  @Option(
      names = "--consent",
      paramLabel = "WHAT",
      description =
          "What may be done to the server: read-only (default), creates or destructive; add ,load "
              + "to allow load, as in creates,load.")
  @Nullable String consent;

  @Option(
      names = "--seed",
      paramLabel = "HEX",
      description = "Makes every random choice repeatable; a new one is made and shown otherwise.")
  @Nullable String seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the run's folder is made (default: plumbline-out).")
  @Nullable Path out;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "Findings you accept for a while, each with a reason and an end.")
  @Nullable Path baseline;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description =
          "Reproducers kept until they are fixed (default: plumbline-reproducers, when there is "
              + "one).")
  @Nullable Path store;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings file (default: plumbline.yaml here, when there is one).")
  @Nullable Path config;

  @Option(
      names = "--signing-key",
      paramLabel = "FILE",
      description =
          "Ed25519 private key (PEM) that signs the bundle; PLUMBLINE_SIGNING_KEY does the same. "
              + "Otherwise a key is made for this run and called self-signed.")
  @Nullable Path signingKey;

  @Option(
      names = "--only",
      paramLabel = "CLAUSE",
      split = ",",
      description = "Judge these clauses only, as in TOOL-003,TRAN-501.")
  List<String> only = new ArrayList<>();

  @Option(
      names = "--tag",
      paramLabel = "WORD",
      description =
          "Judge clauses with one of these words only, as in tools,resources; a second --tag must "
              + "hold as well. Words: must and should, transports, capabilities, and the parts of a "
              + "page's path; plumbline ledger --tags lists them.")
  List<String> tags = new ArrayList<>();

  @Option(
      names = "--era",
      paramLabel = "ERA",
      description =
          "Judge the clauses of one era only: handshake, stateless, or a revision, as in "
              + "2025-06-18, which is asked for.")
  @Nullable String era;

  @Option(
      names = "--modes",
      paramLabel = "FM",
      split = ",",
      description = "Inject these failure modes only, as in FM-07,FM-24.")
  List<String> modes = new ArrayList<>();

  @Option(
      names = "--parts",
      paramLabel = "PART",
      split = ",",
      description =
          "Measure these parts of the reliability core only, as in tables,overload-cheap.")
  List<String> parts = new ArrayList<>();

  @Option(
      names = "--toxiproxy",
      paramLabel = "HOST:PORT",
      description = "Inject faults through this running Toxiproxy.")
  @Nullable String toxiproxy;

  @Option(
      names = "--referee",
      paramLabel = "DIR",
      description =
          "Let the official suite, installed by npm in this folder, examine the bundled server and "
              + "client as well; PLUMBLINE_REFEREE does the same.")
  @Nullable Path referee;

  @Option(
      names = "--interop",
      paramLabel = "DIR",
      description =
          "Take the table that .ci/interop left in this folder into the evidence; "
              + "PLUMBLINE_INTEROP does the same.")
  @Nullable Path interop;

  @Option(
      names = "--mutants",
      paramLabel = "DIR",
      description =
          "Take the kill matrix that the tests of this build left in this folder into the evidence; "
              + "PLUMBLINE_MUTANTS does the same.")
  @Nullable Path mutants;

  @Option(
      names = "--benchmarks",
      paramLabel = "DIR",
      description =
          "Take the table that .ci/bench left in this folder into the evidence; "
              + "PLUMBLINE_BENCHMARKS does the same.")
  @Nullable Path benchmarks;

  @Option(
      names = "--rebuild",
      paramLabel = "FILE",
      description =
          "Hold what ships against two builds of its commit, which .ci/reproducible compared in this "
              + "file; PLUMBLINE_REBUILD does the same.")
  @Nullable Path rebuild;

  @Option(
      names = "--advisories",
      paramLabel = "PATH",
      description =
          "Hold what ships against the advisories in this folder or zip, an export of the OSV "
              + "database; PLUMBLINE_ADVISORIES does the same.")
  @Nullable Path advisories;

  @Option(
      names = "--json",
      description = "Print one JSON object about the outcome on stdout; progress goes to stderr.")
  private boolean json;

  @Option(
      names = "--dry-run",
      description =
          "Ask the server what it is and print what would run and what would not; send nothing "
              + "else, judge nothing, keep nothing.")
  private boolean dryRun;

  boolean dryRun() {
    return dryRun;
  }

  boolean json() {
    return json;
  }
}
