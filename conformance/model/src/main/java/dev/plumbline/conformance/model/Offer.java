package dev.plumbline.conformance.model;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a peer was found to offer, as far as walks need it.
 *
 * @param http whether messages travel over HTTP, where sessions have names
 * @param revision the revision that is spoken
 * @param revisions the revisions of the handshake that the peer is known to support
 * @param sessions whether it gives sessions a name
 * @param lists the list methods of the features it declares
 * @param calls tools that may be called
 * @param tasks tools that may be called as tasks
 * @param asking tools that ask for input before they answer
 * @param topics the list changes it can tell of, as its filters name them
 * @param resources resources whose changes it can tell of
 * @param features what else it declares, for example {@code tasks.cancel}
 */
public record Offer(
    boolean http,
    String revision,
    List<String> revisions,
    boolean sessions,
    List<String> lists,
    List<Call> calls,
    List<Call> tasks,
    List<Call> asking,
    List<String> topics,
    List<String> resources,
    List<String> features) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * A tool and what to call it with.
   *
   * @param name the tool
   * @param arguments arguments that satisfy its input schema
   */
  public record Call(String name, ObjectNode arguments) {
    /** The parameters of {@code tools/call}; fresh each time. */
    public ObjectNode params() {
      ObjectNode params = Ask.object();
      params.put("name", name);
      params.set("arguments", arguments.deepCopy());
      return params;
    }
  }

  /** Copies the lists. */
  public Offer {
    revisions = List.copyOf(revisions);
    lists = List.copyOf(lists);
    calls = List.copyOf(calls);
    tasks = List.copyOf(tasks);
    asking = List.copyOf(asking);
    topics = List.copyOf(topics);
    resources = List.copyOf(resources);
    features = List.copyOf(features);
  }

  /** Whether it declares this besides. */
  public boolean has(String feature) {
    return features.contains(feature);
  }

  /** As JSON on one line. */
  public String json() {
    return JSON.writeValueAsString(this);
  }

  /**
   * Reads what {@link #json()} wrote.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static Offer read(String json) {
    try {
      return JSON.readValue(json, Offer.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("no offer: " + e.getOriginalMessage(), e);
    }
  }
}
