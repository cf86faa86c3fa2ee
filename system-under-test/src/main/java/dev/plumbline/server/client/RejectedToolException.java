package dev.plumbline.server.client;

import java.io.IOException;

/** A tool is not called because its definition is invalid. */
public final class RejectedToolException extends IOException {
  private static final long serialVersionUID = 1L;

  RejectedToolException(String name, String defect) {
    super("tool " + name + " cannot be called, its definition is invalid: " + defect);
  }
}
