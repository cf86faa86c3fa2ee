package dev.plumbline.conformance.mutant;

import dev.plumbline.conformance.target.Credentials;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Recorder;
import dev.plumbline.conformance.wire.Redactor;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Transport;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A target seen over one of its transports only. */
public record OneTransport(Target whole, Transport transport) implements Target {
  @Override
  public TargetIdentity.Kind kind() {
    return whole.kind();
  }

  @Override
  public String address() {
    return whole.address();
  }

  @Override
  public List<Transport> transports() {
    return List.of(transport);
  }

  @Override
  public Map<String, String> digests() {
    return whole.digests();
  }

  @Override
  public Redactor redactor() {
    return whole.redactor();
  }

  @Override
  public Credentials credentials() {
    return whole.credentials();
  }

  @Override
  public Conversation converse(Era era, Transport over, Recorder recorder)
      throws TargetException, HarnessException {
    return whole.converse(era, over, recorder);
  }

  @Override
  public Target through(InetSocketAddress dial) {
    return whole.through(dial);
  }

  @Override
  public Optional<URI> url() {
    return whole.url();
  }

  @Override
  public Optional<URI> control() {
    return whole.control();
  }

  @Override
  public OptionalLong pid() {
    return whole.pid();
  }

  @Override
  public void close() {
    whole.close();
  }
}
