package dev.plumbline.server.files;

import dev.plumbline.server.feature.Catalog;
import dev.plumbline.server.feature.Resource;
import dev.plumbline.server.feature.ResourceTemplate;
import dev.plumbline.server.feature.UriTemplate;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.uri.Uri;
import dev.plumbline.server.uri.UriRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files below a declared directory as resources. The list is that of the moment in which they
 * are offered; a file that comes later is found by the template. What is not there, may not be read
 * or lies elsewhere is the same to a client: there is no such resource.
 */
public final class FileResources {
  /** A text of this many bytes, or a blob that takes this much in Base64, is the largest shown. */
  public static final int MAX_BYTES = JsonLimits.MAX_MESSAGE_BYTES;

  private static final String TEXT = "text/plain";
  private static final String BYTES = "application/octet-stream";
  private static final Set<String> NEVER_TEXT = Set.of("image", "audio", "video");

  private final FileRoot root;
  private final List<Resource> listed = new ArrayList<>();
  private final ResourceTemplate template;

  private FileResources(FileRoot root) throws IOException {
    this.root = root;
    for (Uri uri : root.list()) {
      listed.add(new Resource(shown(uri), _ -> List.of(read(uri))));
    }
    UriTemplate uris = new UriTemplate(root.uri() + "{+path}");
    this.template =
        new ResourceTemplate(
            JsonNodeFactory.instance
                .objectNode()
                .put("uriTemplate", uris.text())
                .put("name", "files of " + root.name())
                .put("description", "Every file below " + root.uri() + "."),
            uris,
            (_, uri, _) -> found(uri).map(List::of),
            Map.of());
  }

  /**
   * Offers the files below a directory.
   *
   * @throws IOException in one line, when it is no directory that can be offered
   */
  public static FileResources below(Path directory) throws IOException {
    return new FileResources(FileRoot.at(directory));
  }

  /** The catalogue with these files; what another directory offers already is not listed again. */
  public Catalog addedTo(Catalog catalog) {
    Set<String> there = new TreeSet<>();
    catalog.resources().forEach(resource -> there.add(resource.uri()));
    List<Resource> resources = new ArrayList<>(catalog.resources());
    listed.stream().filter(resource -> !there.contains(resource.uri())).forEach(resources::add);
    List<ResourceTemplate> templates = new ArrayList<>(catalog.templates());
    templates.add(template);
    return catalog.withResources(resources).withTemplates(templates);
  }

  private ObjectNode shown(Uri uri) {
    String name = root.nameOf(uri);
    ObjectNode shown =
        JsonNodeFactory.instance.objectNode().put("uri", uri.text()).put("name", name);
    FileNames.mediaType(name).ifPresent(type -> shown.put("mimeType", type));
    return shown;
  }

  private ObjectNode read(Uri uri) throws RpcException {
    return contents(uri).orElseThrow(() -> RpcException.resourceNotFound(uri.text()));
  }

  /** The contents of a file; empty when there is none. */
  Optional<ObjectNode> found(String uri) throws RpcException {
    try {
      return contents(Uri.parse(uri));
    } catch (UriRefusedException e) {
      return Optional.empty();
    }
  }

  private Optional<ObjectNode> contents(Uri uri) throws RpcException {
    Optional<SeekableByteChannel> opened = root.open(uri);
    return opened.isEmpty() ? Optional.empty() : Optional.of(contents(uri, opened.get()));
  }

  private static ObjectNode contents(Uri uri, SeekableByteChannel opened) throws RpcException {
    byte[] bytes;
    // It may grow while it is read: no more than the bound is, whatever its size was.
    try (InputStream in = Channels.newInputStream(opened)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new RpcException(RpcError.of(ErrorCode.INTERNAL_ERROR, "the file cannot be read"));
    }
    Optional<String> type = FileNames.mediaType(uri.filePath());
    Optional<String> text =
        type.filter(FileResources::neverText).isPresent() ? Optional.empty() : text(bytes);
    ObjectNode contents = JsonNodeFactory.instance.objectNode().put("uri", uri.text());
    if (text.isPresent() && bytes.length <= MAX_BYTES) {
      return contents.put("mimeType", type.orElse(TEXT)).put("text", text.get());
    }
    String blob = bytes.length <= MAX_BYTES ? Base64.getEncoder().encodeToString(bytes) : "";
    if (bytes.length > MAX_BYTES || blob.length() > MAX_BYTES) {
      throw RpcException.invalidParams(
          "the resource is larger than a message of " + MAX_BYTES + " bytes");
    }
    return contents.put("mimeType", type.orElse(BYTES)).put("blob", blob);
  }

  private static boolean neverText(String type) {
    return NEVER_TEXT.contains(type.substring(0, Math.max(0, type.indexOf('/'))));
  }

  /** The text that the bytes are; empty when they are none. */
  private static Optional<String> text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
