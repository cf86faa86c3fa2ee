package dev.plumbline.server.session.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL, started once for all tests of this process; every test has its database. */
public final class Database {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final EmbeddedPostgres SERVER = start();

  private Database() {}

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The URL of a new, empty database. */
  public static String fresh() {
    String name = "test" + NUMBER.incrementAndGet();
    try (Connection connection = SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return "jdbc:postgresql://postgres@localhost:" + SERVER.getPort() + "/" + name;
  }

  /** Runs SQL in a database. */
  public static void run(String url, String sql) {
    try (var pool = PostgresUrl.parse(url, Optional.empty()).pool(1);
        Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A PostgreSQL that goes away and comes back with what it held. */
  public static final class Own implements AutoCloseable {
    private final Path data;
    private final int port;
    private EmbeddedPostgres server;

    /** Starts it. */
    public Own(Path data) throws IOException {
      this.data = data;
      this.server =
          EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false).start();
      this.port = server.getPort();
    }

    /** Where it is while it runs. */
    public String url() {
      return "jdbc:postgresql://postgres@localhost:" + port + "/postgres";
    }

    /** It goes away. */
    public void stop() throws IOException {
      server.close();
    }

    /** It comes back. */
    public void start() throws IOException {
      server =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setPort(port)
              .start();
    }

    @Override
    public void close() throws IOException {
      stop();
    }
  }
}
