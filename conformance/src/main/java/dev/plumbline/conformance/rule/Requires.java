package dev.plumbline.conformance.rule;

import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must hold for a rule to apply; otherwise it is not applicable, with the reason.
 *
 * @param era the era that must be spoken
 * @param since the oldest negotiated revision that knows the clause
 * @param until the newest negotiated revision that knows it, or null when there is no end
 * @param capabilities what must be declared; dots lead into sub-capabilities, as in {@code
 *     resources.subscribe}
 * @param consent what must be allowed
 * @param callableTool whether a tool must be known that can be called within the consent
 * @param session whether the target must have assigned a session id
 */
public record Requires(
    Era era,
    String since,
    @Nullable String until,
    List<String> capabilities,
    Consent consent,
    boolean callableTool,
    boolean session) {
  /** The oldest revision there is. */
  public static final String ANY_REVISION = "2024-11-05";

  /** Copies the list. */
  public Requires {
    capabilities = List.copyOf(capabilities);
  }

  /** Only the era. */
  public static Requires era(Era era) {
    return new Requires(era, ANY_REVISION, null, List.of(), Consent.READ_ONLY, false, false);
  }

  /** And at least this revision negotiated. */
  public Requires since(String revision) {
    return new Requires(era, revision, until, capabilities, consent, callableTool, session);
  }

  /** And at most this revision negotiated. */
  public Requires until(String revision) {
    return new Requires(era, since, revision, capabilities, consent, callableTool, session);
  }

  /** And this capability declared. */
  public Requires capability(String capability) {
    List<String> more = new ArrayList<>(capabilities);
    more.add(capability);
    return new Requires(era, since, until, more, consent, callableTool, session);
  }

  /** And at least this allowed. */
  public Requires consent(Consent needed) {
    return new Requires(era, since, until, capabilities, needed, callableTool, session);
  }

  /** And capability tools, with a tool that can be called within the consent. */
  public Requires withCallableTool() {
    Requires tools = capabilities.contains("tools") ? this : capability("tools");
    return new Requires(era, since, until, tools.capabilities, consent, true, session);
  }

  /** And a session id assigned by the target. */
  public Requires withSession() {
    return new Requires(era, since, until, capabilities, consent, callableTool, true);
  }
}
