package dev.plumbline.chaos.journal;

import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;

/** Writes a failure mode's file line by line, so that what was recorded survives. Thread-safe. */
public final class Journal implements AutoCloseable {
  /** An experiment that records more is broken. */
  public static final int MAX_ENTRIES = 200_000;

  private static final ObjectWriter LINE =
      Json.mapper().writerFor(Entry.class).without(SerializationFeature.INDENT_OUTPUT);

  private final Path file;
  private final BufferedWriter out;
  private int count;
  private boolean sealed;

  private Journal(Path file, BufferedWriter out) {
    this.file = file;
    this.out = out;
  }

  /**
   * Begins the file.
   *
   * @throws HarnessException when it cannot be written
   */
  public static Journal begin(Path file, Entry.Header header) throws HarnessException {
    try {
      Journal journal = new Journal(file, Files.newBufferedWriter(file, StandardCharsets.UTF_8));
      journal.add(header);
      return journal;
    } catch (IOException e) {
      throw new HarnessException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Takes something down; after the seal nothing is taken any more.
   *
   * @throws HarnessException when the file cannot be written
   */
  public synchronized void add(Entry entry) throws HarnessException {
    if (sealed) {
      return;
    }
    if (count >= MAX_ENTRIES) {
      throw new HarnessException("more than " + MAX_ENTRIES + " entries in " + file);
    }
    write(entry);
    count++;
  }

  /** Writes the last line. */
  public synchronized void seal(boolean complete, String harnessFault) throws HarnessException {
    if (!sealed) {
      sealed = true;
      write(new Entry.End(count, complete, harnessFault));
    }
  }

  private void write(Entry entry) throws HarnessException {
    try {
      out.write(LINE.writeValueAsString(entry));
      out.write('\n');
      out.flush();
    } catch (IOException e) {
      throw new HarnessException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws HarnessException {
    try {
      seal(false, "");
      out.close();
    } catch (IOException e) {
      throw new HarnessException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
