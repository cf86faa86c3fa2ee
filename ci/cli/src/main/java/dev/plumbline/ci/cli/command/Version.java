package dev.plumbline.ci.cli.command;

import picocli.CommandLine.IVersionProvider;

/** Plumbline's own version. */
final class Version implements IVersionProvider {
  /** The version of the jar we run from. */
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "plumbline " + text(), "java " + System.getProperty("java.runtime.version")
    };
  }
}
