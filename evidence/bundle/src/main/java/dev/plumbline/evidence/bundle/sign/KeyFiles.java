package dev.plumbline.evidence.bundle.sign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.Set;

/** Makes a key pair for signing bundles: what {@code plumbline keygen} does. */
public final class KeyFiles {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<OpenOption> NEW_FILE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private KeyFiles() {}

  /**
   * Writes a new key pair; existing files are never overwritten.
   *
   * @param privateFile where the PKCS#8 PEM goes, readable by its owner only
   * @param publicFile where the SubjectPublicKeyInfo PEM goes
   * @return the key's id
   * @throws UnusableKeyException when a file exists or cannot be written; one line
   */
  public static String generate(Path privateFile, Path publicFile) throws UnusableKeyException {
    for (Path file : new Path[] {privateFile, publicFile}) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new UnusableKeyException(
            file + " exists and is not overwritten: choose another name");
      }
    }
    KeyPair pair = SigningKey.generate();
    write(privateFile, Pem.write(Pem.PRIVATE, pair.getPrivate().getEncoded()), true);
    write(publicFile, PublicKeys.pem(pair.getPublic()), false);
    return PublicKeys.id(pair.getPublic());
  }

  private static void write(Path file, String text, boolean secret) throws UnusableKeyException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    // The permissions are given at creation: the file is never readable by others, not even
    // briefly.
    FileAttribute<?>[] attributes =
        secret && posix
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
            : new FileAttribute<?>[0];
    try (var channel = Files.newByteChannel(file, NEW_FILE, attributes)) {
      channel.write(java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (FileAlreadyExistsException e) {
      throw new UnusableKeyException(
          file + " exists and is not overwritten: choose another name", e);
    } catch (IOException e) {
      throw new UnusableKeyException(
          file + " cannot be written: choose a folder you may write to", e);
    }
  }
}
