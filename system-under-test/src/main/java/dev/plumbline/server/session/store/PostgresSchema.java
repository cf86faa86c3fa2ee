package dev.plumbline.server.session.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The tables, and which version of them this program knows. */
final class PostgresSchema {
  /** The layout of the tables; what a record holds has a version of its own. */
  private static final int CURRENT = 1;

  /** Two processes that start at once take turns. Any number, as long as it stays the same. */
  private static final long TURN = 0x706c756d62L;

  private PostgresSchema() {}

  static void prepare(DataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT pg_advisory_xact_lock(" + TURN + ")");
      statement.execute("CREATE TABLE IF NOT EXISTS plumbline_schema (version int NOT NULL)");
      int version = version(statement);
      if (version > CURRENT) {
        connection.rollback();
        throw new StoreException(
            StoreException.Kind.FUTURE,
            "the session tables have version "
                + version
                + ", this program knows "
                + CURRENT
                + ": run the newer program");
      }
      if (version == 0) {
        create(statement);
      }
      connection.commit();
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT max(version) FROM plumbline_schema")) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  private static void create(Statement statement) throws SQLException {
    statement.execute(
        "CREATE TABLE plumbline_session ("
            + "id text PRIMARY KEY, "
            + "format int NOT NULL, "
            + "changes bigint NOT NULL, "
            + "settled boolean NOT NULL, "
            + "used_ms bigint NOT NULL, "
            + "record bytea NOT NULL)");
    statement.execute("CREATE INDEX plumbline_session_used ON plumbline_session (used_ms)");
    statement.execute("INSERT INTO plumbline_schema (version) VALUES (" + CURRENT + ")");
  }
}
