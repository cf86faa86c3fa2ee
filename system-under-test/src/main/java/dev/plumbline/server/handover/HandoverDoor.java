package dev.plumbline.server.handover;

import dev.plumbline.server.observe.Log;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Where a process that is to take over finds the one that runs: a socket in a private folder. */
public final class HandoverDoor implements AutoCloseable {
  private static final String OWNER_ONLY = "rwx------";

  /** The process that ran before this one has ended by then. */
  private static final Duration TURN = Duration.ofSeconds(90);

  private final Path path;
  private final ServerSocketChannel door;
  private final Movable server;
  private final Terms terms;
  private final Runnable done;

  /**
   * What a handover depends on.
   *
   * @param before completed when the process that ran before this one has finished: what it still
   *     says about sessions must not be lost between two others
   * @param format the newest version of records that this process writes
   */
  public record Terms(Future<?> before, int format) {}

  private HandoverDoor(
      Path path, ServerSocketChannel door, Movable server, Terms terms, Runnable done) {
    this.path = path;
    this.door = door;
    this.server = server;
    this.terms = terms;
    this.done = done;
  }

  /**
   * Opens it; one that another process had there is replaced.
   *
   * @param terms what a handover depends on
   * @param done run when another process has taken over and this one has finished
   * @throws HandoverException when the folder is not private, or the socket cannot be made
   */
  public static HandoverDoor open(Path path, Movable server, Terms terms, Runnable done)
      throws HandoverException {
    try {
      Path folder = privateFolder(path);
      Path unnamed = folder.resolve(path.getFileName() + ".new");
      Files.deleteIfExists(unnamed);
      ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      door.bind(UnixDomainSocketAddress.of(unnamed));
      Files.setPosixFilePermissions(unnamed, PosixFilePermissions.fromString("rw-------"));
      Files.move(unnamed, path, StandardCopyOption.ATOMIC_MOVE);
      HandoverDoor opened = new HandoverDoor(path, door, server, terms, done);
      var _ = Thread.ofVirtual().name("handover-door").start(opened::serve);
      return opened;
    } catch (IOException | UnsupportedOperationException e) {
      throw new HandoverException("the handover socket " + path + " cannot be made", e);
    }
  }

  /** Whoever can enter the folder can take the server over. */
  private static Path privateFolder(Path path) throws IOException, HandoverException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null) {
      throw new HandoverException("the handover socket needs a folder of its own");
    }
    if (!Files.exists(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    }
    Set<PosixFilePermission> granted = EnumSet.copyOf(Files.getPosixFilePermissions(folder));
    granted.removeAll(PosixFilePermissions.fromString(OWNER_ONLY));
    if (!granted.isEmpty()) {
      throw new HandoverException(
          "the folder of the handover socket, " + folder + ", is open to others: chmod 700 it");
    }
    return folder;
  }

  /** The socket beside it, for file descriptors. */
  static Path descriptors(Path path) {
    return path.resolveSibling(path.getFileName() + ".fds");
  }

  private void serve() {
    try {
      while (door.isOpen()) {
        SocketChannel other = door.accept();
        awaitTurn();
        if (Leaving.to(new Link(other), server, terms.format(), descriptors(path))) {
          // The name belongs to the other process by now.
          door.close();
          done.run();
        }
      }
    } catch (IOException e) {
      if (door.isOpen()) {
        Log.failure("handover door", e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitTurn() throws InterruptedException {
    try {
      var _ = terms.before().get(TURN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // It is beyond all its limits: nobody waits for what it could still say.
      Log.line("the process that ran before does not end");
    }
  }

  /** Nobody can take over any more. */
  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      Log.failure("handover door", e);
    }
  }
}
