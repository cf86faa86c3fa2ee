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
import java.util.EnumSet;
import java.util.Set;

/** Where a process that is to take over finds the one that runs: a socket in a private folder. */
public final class HandoverDoor implements AutoCloseable {
  private static final String OWNER_ONLY = "rwx------";

  private final Path path;
  private final ServerSocketChannel door;
  private final Movable server;
  private final Runnable done;

  private HandoverDoor(Path path, ServerSocketChannel door, Movable server, Runnable done) {
    this.path = path;
    this.door = door;
    this.server = server;
    this.done = done;
  }

  /**
   * Opens it; one that another process had there is replaced.
   *
   * @param done run when another process has taken over and this one has finished
   * @throws HandoverException when the folder is not private, or the socket cannot be made
   */
  public static HandoverDoor open(Path path, Movable server, Runnable done)
      throws HandoverException {
    try {
      Path folder = privateFolder(path);
      Path unnamed = folder.resolve(path.getFileName() + ".new");
      Files.deleteIfExists(unnamed);
      ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      door.bind(UnixDomainSocketAddress.of(unnamed));
      Files.setPosixFilePermissions(unnamed, PosixFilePermissions.fromString("rw-------"));
      Files.move(unnamed, path, StandardCopyOption.ATOMIC_MOVE);
      HandoverDoor opened = new HandoverDoor(path, door, server, done);
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
        if (Leaving.to(new Link(other), server, descriptors(path))) {
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
