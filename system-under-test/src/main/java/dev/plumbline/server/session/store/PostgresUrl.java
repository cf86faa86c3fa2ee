package dev.plumbline.server.session.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a PostgreSQL database is, and who asks. What a person may see of it never holds a password.
 *
 * @param address the URL without user and password
 * @param user who asks
 * @param password what proves it
 */
record PostgresUrl(String address, Optional<String> user, Optional<String> password) {
  static final String PREFIX = "jdbc:postgresql:";

  /** For so long the pool tries to give a connection. */
  private static final long CONNECT_MILLIS = 1_000;

  private static final long START_MILLIS = 5_000;

  /**
   * Takes user and password out of {@code jdbc:postgresql://user:password@host/database}.
   *
   * @param password used instead of one in the URL
   */
  static PostgresUrl parse(String url, Optional<String> password) {
    int start = url.indexOf("//") + 2;
    int slash = url.indexOf('/', start);
    int at = url.lastIndexOf('@', slash < 0 ? url.length() : slash);
    if (start < 2 || slash < 0) {
      throw misconfigured("it must be like jdbc:postgresql://user@host:5432/database");
    }
    if (url.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
        && url.toLowerCase(java.util.Locale.ROOT).contains("password=")) {
      throw misconfigured("put the password into PLUMBLINE_STORE_PASSWORD, not into a parameter");
    }
    if (at < start) {
      return new PostgresUrl(url, Optional.empty(), password);
    }
    String[] who = url.substring(start, at).split(":", 2);
    Optional<String> given = who.length == 2 ? Optional.of(decoded(who[1])) : Optional.empty();
    return new PostgresUrl(
        url.substring(0, start) + url.substring(at + 1),
        Optional.of(decoded(who[0])),
        password.or(() -> given));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** A bounded pool of connections; fails when none can be made. */
  HikariDataSource pool(int connections) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("plumbline-sessions");
    config.setJdbcUrl(address);
    user.ifPresent(config::setUsername);
    password.ifPresent(config::setPassword);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setValidationTimeout(CONNECT_MILLIS / 2);
    config.setInitializationFailTimeout(START_MILLIS);
    long patience = PostgresStore.PATIENCE.toSeconds();
    config.addDataSourceProperty("connectTimeout", CONNECT_MILLIS / 1_000);
    config.addDataSourceProperty("loginTimeout", CONNECT_MILLIS / 1_000);
    config.addDataSourceProperty("socketTimeout", patience);
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("ApplicationName", "plumbline");
    try {
      return new HikariDataSource(config);
    } catch (RuntimeException e) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "the session store "
              + address
              + " cannot be reached: is it running, and are user and"
              + " password right?",
          e);
    }
  }

  private static StoreException misconfigured(String why) {
    return new StoreException(
        StoreException.Kind.MISCONFIGURED, "the URL of the session store cannot be used: " + why);
  }

  @Override
  public String toString() {
    return address;
  }
}
