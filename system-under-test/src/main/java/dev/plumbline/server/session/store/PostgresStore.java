package dev.plumbline.server.session.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Records in a PostgreSQL database that several server processes share (C16, C22). What is
 * acknowledged is committed there; how durable a commit is, the database decides.
 *
 * <p>Statements run on threads of their own: a request may be interrupted at any moment, and an
 * interrupt would close the connection it meets.
 */
public final class PostgresStore implements SessionStore {
  /** Connections, and statements at once. */
  static final int CONNECTIONS = 8;

  /** Statements that wait for a connection. */
  private static final int MAX_WAITING = 2_000;

  /** A statement is over within this. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final String UNIQUE_VIOLATION = "23505";

  private static final String COLUMNS = "record, used_ms";

  /** Something done with a connection. */
  @FunctionalInterface
  private interface Statement<T> {
    T run(Connection connection) throws SQLException;
  }

  private final HikariDataSource pool;
  private final ThreadPoolExecutor threads;
  private final Lookups lookups;

  private PostgresStore(HikariDataSource pool) {
    this.pool = pool;
    this.threads =
        new ThreadPoolExecutor(
            CONNECTIONS,
            CONNECTIONS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().daemon().name("session-store-", 0).factory());
    this.lookups = new Lookups(this::changes);
  }

  /**
   * Connects, and makes the tables when there are none.
   *
   * @throws StoreException of kind UNAVAILABLE, FUTURE or MISCONFIGURED
   */
  public static PostgresStore open(PostgresUrl url) {
    HikariDataSource pool = url.pool(CONNECTIONS);
    try {
      PostgresSchema.prepare(pool);
      return new PostgresStore(pool);
    } catch (SQLException e) {
      pool.close();
      throw unavailable(e);
    } catch (StoreException e) {
      pool.close();
      throw e;
    }
  }

  @Override
  public String kind() {
    return "postgresql";
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public String window() {
    return "every acknowledged change is committed in the database";
  }

  @Override
  public void create(SessionRecord session) {
    int created =
        run(
            connection -> {
              try (PreparedStatement insert =
                  connection.prepareStatement(
                      "INSERT INTO plumbline_session (record, format, changes, settled, used_ms, id)"
                          + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING")) {
                fill(insert, session);
                return insert.executeUpdate();
              }
            });
    if (created == 0) {
      throw Taken.id();
    }
  }

  @Override
  public boolean update(SessionRecord session) {
    return run(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE plumbline_session SET record = ?, format = ?, changes = ?, settled = ?,"
                      + " used_ms = greatest(used_ms, ?) WHERE id = ? AND changes = ?")) {
            fill(update, session);
            update.setLong(7, session.changes() - 1);
            return update.executeUpdate() == 1;
          }
        });
  }

  private static void fill(PreparedStatement statement, SessionRecord session) throws SQLException {
    statement.setBytes(1, RecordCodec.encode(session));
    statement.setInt(2, RecordCodec.CURRENT);
    statement.setLong(3, session.changes());
    statement.setBoolean(4, session.settled());
    statement.setLong(5, session.used().toEpochMilli());
    statement.setString(6, session.id());
  }

  @Override
  public Optional<SessionRecord> find(String id) {
    List<SessionRecord> found =
        run(
            connection -> {
              try (PreparedStatement select =
                  connection.prepareStatement(
                      "SELECT " + COLUMNS + " FROM plumbline_session WHERE id = ?")) {
                select.setString(1, id);
                return records(select);
              }
            });
    return found.stream().findFirst();
  }

  private static List<SessionRecord> records(PreparedStatement select) throws SQLException {
    List<SessionRecord> found = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        SessionRecord session = RecordCodec.decode(rows.getBytes(1));
        found.add(session.usedAt(Instant.ofEpochMilli(rows.getLong(2))));
      }
    }
    return found;
  }

  /** Lookups that arrive while one is under way share the next. */
  @Override
  public OptionalLong changes(String id) {
    return lookups.find(id);
  }

  @Override
  public Map<String, Long> changes(Collection<String> ids) {
    return run(
        connection -> {
          Map<String, Long> known = new HashMap<>();
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT id, changes FROM plumbline_session WHERE id = ANY (?)")) {
            select.setArray(1, connection.createArrayOf("text", ids.toArray()));
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                known.put(rows.getString(1), rows.getLong(2));
              }
            }
          }
          return known;
        });
  }

  @Override
  public boolean delete(String id) {
    return run(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("DELETE FROM plumbline_session WHERE id = ?")) {
            delete.setString(1, id);
            return delete.executeUpdate() == 1;
          }
        });
  }

  @Override
  public boolean deleteUnused(String id, long changes, Instant usedBefore) {
    return run(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement(
                  "DELETE FROM plumbline_session WHERE id = ? AND changes = ? AND used_ms < ?")) {
            delete.setString(1, id);
            delete.setLong(2, changes);
            delete.setLong(3, usedBefore.toEpochMilli());
            return delete.executeUpdate() == 1;
          }
        });
  }

  @Override
  public void touch(Map<String, Instant> used) {
    // One order for everybody, so that two nodes do not wait for each other.
    List<String> ids = used.keySet().stream().sorted().toList();
    Object[] times =
        ids.stream().map(id -> used.getOrDefault(id, Instant.MIN).toEpochMilli()).toArray();
    int _ =
        run(
            connection -> {
              try (PreparedStatement update =
                  connection.prepareStatement(
                      "UPDATE plumbline_session s SET used_ms = greatest(s.used_ms, t.used_ms) FROM"
                          + " unnest(?, ?) AS t (id, used_ms) WHERE s.id = t.id")) {
                update.setArray(1, connection.createArrayOf("text", ids.toArray()));
                update.setArray(2, connection.createArrayOf("bigint", times));
                return update.executeUpdate();
              }
            });
  }

  @Override
  public List<String> expire(Instant openedBefore, Instant usedBefore, int atMost) {
    return run(
        connection -> {
          List<String> ids = new ArrayList<>();
          try (PreparedStatement delete =
              connection.prepareStatement(
                  "DELETE FROM plumbline_session WHERE id IN (SELECT id FROM plumbline_session"
                      + " WHERE used_ms < CASE WHEN settled THEN ? ELSE ? END"
                      + " LIMIT ? FOR UPDATE SKIP LOCKED) RETURNING id")) {
            delete.setLong(1, usedBefore.toEpochMilli());
            delete.setLong(2, openedBefore.toEpochMilli());
            delete.setInt(3, atMost);
            try (ResultSet rows = delete.executeQuery()) {
              while (rows.next()) {
                ids.add(rows.getString(1));
              }
            }
          }
          return ids;
        });
  }

  @Override
  public List<SessionRecord> all() {
    return run(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement("SELECT " + COLUMNS + " FROM plumbline_session")) {
            return records(select);
          }
        });
  }

  @Override
  public int count() {
    return run(
        connection -> {
          try (PreparedStatement select =
                  connection.prepareStatement("SELECT count(*) FROM plumbline_session");
              ResultSet rows = select.executeQuery()) {
            return rows.next() ? rows.getInt(1) : 0;
          }
        });
  }

  private <T> T run(Statement<T> statement) {
    Future<T> done;
    try {
      done =
          threads.submit(
              () -> {
                try (Connection connection = pool.getConnection()) {
                  return statement.run(connection);
                }
              });
    } catch (RejectedExecutionException e) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "the session store is closed, or too much waits", e);
    }
    return await(done);
  }

  /** What it came to; bounded. */
  static <T> T await(Future<T> done) {
    try {
      return done.get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "nobody waits for the session store any more", e);
    } catch (TimeoutException e) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "the session store does not answer", e);
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case null -> failed(e);
        case StoreException known -> known;
        case SQLException sql -> unavailable(sql);
        case Throwable other -> failed(other);
      };
    }
  }

  private static StoreException failed(Throwable cause) {
    return new StoreException(StoreException.Kind.UNAVAILABLE, "the session store failed", cause);
  }

  /** Nothing the database said is repeated: it may hold what a peer sent. */
  private static StoreException unavailable(SQLException e) {
    if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
      return Taken.id();
    }
    // The pool gives up only after it has tried for a while.
    return e instanceof SQLTransientConnectionException
        ? new StoreException(
            StoreException.Kind.UNREACHABLE, "the session store cannot be reached", e)
        : new StoreException(
            StoreException.Kind.UNAVAILABLE,
            "the session store does not work: SQLSTATE " + e.getSQLState(),
            e);
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    pool.close();
  }
}
