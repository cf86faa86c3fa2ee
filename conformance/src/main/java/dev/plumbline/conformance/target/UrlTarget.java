package dev.plumbline.conformance.target;

import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.ForgedTokens;
import dev.plumbline.conformance.wire.Header;
import dev.plumbline.conformance.wire.HttpConversation;
import dev.plumbline.conformance.wire.Recorder;
import dev.plumbline.conformance.wire.Redactor;
import dev.plumbline.conformance.wire.SocketConversation;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Transport;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A server that runs already and is reached over HTTP, TCP or a WebSocket, as its URL says. */
final class UrlTarget implements Target {
  private final URI url;
  private final Transport transport;
  private final Optional<InetSocketAddress> dial;
  private final List<HeaderTemplate> templates;
  private final Credentials prepared;
  private final List<Header> credentials;
  private final Redactor redactor;

  UrlTarget(
      URI url,
      Optional<InetSocketAddress> dial,
      List<HeaderTemplate> templates,
      Credentials prepared) {
    this.url = url;
    this.transport = SocketConversation.transport(url).orElse(Transport.HTTP);
    this.dial = dial;
    this.templates = List.copyOf(templates);
    this.prepared = prepared;
    this.credentials = templates.stream().map(HeaderTemplate::header).toList();
    this.redactor =
        new Redactor(
            Stream.concat(
                    templates.stream().map(HeaderTemplate::name),
                    prepared.secrets().isEmpty() ? Stream.of() : Stream.of("Authorization"))
                .toList(),
            Stream.concat(
                    templates.stream().flatMap(UrlTarget::secrets), prepared.secrets().stream())
                .toList());
  }

  /** With what stands behind the name of a scheme, and the one that rules make of it. */
  private static Stream<String> secrets(HeaderTemplate template) {
    List<String> secrets = new ArrayList<>(template.secrets());
    String value = template.header().value();
    String bare = value.substring(value.indexOf(' ') + 1).strip();
    secrets.add(bare);
    ForgedTokens.changed(bare).ifPresent(secrets::add);
    return secrets.stream();
  }

  @Override
  public Credentials credentials() {
    return prepared;
  }

  @Override
  public TargetIdentity.Kind kind() {
    return TargetIdentity.Kind.URL;
  }

  @Override
  public String address() {
    return url.toString();
  }

  @Override
  public List<Transport> transports() {
    return List.of(transport);
  }

  @Override
  public Map<String, String> digests() {
    return Map.of();
  }

  @Override
  public Redactor redactor() {
    return redactor;
  }

  @Override
  public Conversation converse(Era era, Transport over, Recorder recorder) throws TargetException {
    if (over != transport) {
      throw new TargetException(
          url
              + " is reached over "
              + transport.id()
              + "; give another --url, or a command after --, to use "
              + over.id());
    }
    return transport == Transport.HTTP
        ? new HttpConversation(era, url, dial, credentials, recorder, redactor)
        : new SocketConversation(era, url, dial, credentials, recorder, redactor);
  }

  @Override
  public Target through(InetSocketAddress other) {
    return new UrlTarget(url, Optional.of(other), templates, prepared);
  }

  @Override
  public Optional<URI> url() {
    return Optional.of(url);
  }

  @Override
  public Optional<URI> control() {
    return Optional.empty();
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.empty();
  }

  @Override
  public void close() {
    // Nothing was started.
  }
}
