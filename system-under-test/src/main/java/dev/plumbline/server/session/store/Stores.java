package dev.plumbline.server.session.store;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** From the setting to the store. */
public final class Stores {
  /** Environment variable with the password of the database. */
  public static final String PASSWORD = "PLUMBLINE_STORE_PASSWORD";

  private static final String MEMORY = "memory";
  private static final String FILE = "file:";

  private Stores() {}

  /**
   * Opens the store of a setting.
   *
   * @param setting {@code memory}, {@code file:PATH} or {@code jdbc:postgresql://…}
   * @throws StoreException when it cannot be used; the message is one line without a secret
   */
  public static SessionStore open(String setting) {
    return open(setting, Optional.ofNullable(System.getenv(PASSWORD)));
  }

  /** The same with a password from elsewhere than the environment. */
  static SessionStore open(String setting, Optional<String> password) {
    if (setting.equals(MEMORY)) {
      return new MemoryStore();
    }
    if (setting.startsWith(FILE) && setting.length() > FILE.length()) {
      try {
        return FileStore.open(Path.of(setting.substring(FILE.length())));
      } catch (InvalidPathException e) {
        throw unknown();
      }
    }
    if (setting.startsWith(PostgresUrl.PREFIX)) {
      return PostgresStore.open(PostgresUrl.parse(setting, password));
    }
    throw unknown();
  }

  /** The setting as a person may see it. */
  public static String shown(String setting) {
    return setting.startsWith(PostgresUrl.PREFIX)
        ? PostgresUrl.parse(setting, Optional.empty()).address()
        : setting;
  }

  private static StoreException unknown() {
    return new StoreException(
        StoreException.Kind.MISCONFIGURED,
        "the session store must be memory, file:PATH or jdbc:postgresql://user@host/database");
  }
}
