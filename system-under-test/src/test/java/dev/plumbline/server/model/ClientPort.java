package dev.plumbline.server.model;

import dev.plumbline.conformance.model.Ask;
import dev.plumbline.conformance.model.Heard;
import dev.plumbline.conformance.model.Port;
import dev.plumbline.conformance.model.client.ClientSubscriptionModel;
import dev.plumbline.conformance.model.client.Deed;
import dev.plumbline.conformance.model.client.Sent;
import dev.plumbline.server.client.McpClient;
import dev.plumbline.server.client.ModelledClients;
import dev.plumbline.server.client.wire.Outgoing;
import dev.plumbline.server.client.wire.Receiver;
import dev.plumbline.server.client.wire.Wire;
import dev.plumbline.server.protocol.Decoded;
import dev.plumbline.server.protocol.Encoder;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.StrictDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Carries a walk to a client in this process: its users' threads on one side, its wire on the
 * other. A step is over when every user has what was wanted or waits for the server.
 */
final class ClientPort implements Port<RuntimeException>, AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CANCELLED = "notifications/cancelled";
  private static final String ACKNOWLEDGED = "notifications/subscriptions/acknowledged";

  /** A step that takes longer hangs. */
  private static final long PATIENCE_MILLIS = 30_000;

  /** How long is waited for what a client should say and perhaps never will. */
  private static final long COURTESY_MILLIS = 2_000;

  private final boolean stateless;
  private final McpClient client;
  private final Map<Integer, ClientOperation> operations = new LinkedHashMap<>();
  private final List<Sent> told = new ArrayList<>();
  private @Nullable Receiver receiver;
  private int line;
  private boolean closed;

  /** A fresh client; what it sends passes what stands between. */
  ClientPort(boolean stateless, UnaryOperator<Wire> between) {
    this.stateless = stateless;
    this.client = ModelledClients.over(() -> between.apply(new Line()), stateless, this::paused);
  }

  /** The client's end of the line. */
  private final class Line implements Wire {
    @Override
    public void open(Receiver hears) throws IOException {
      opened(hears);
    }

    @Override
    public void send(Outgoing outgoing) throws IOException {
      sent(JSON.readTree(Encoder.encode(outgoing.message())));
    }

    @Override
    public void abandon(RequestId id) {}

    @Override
    public boolean streamPerRequest() {
      return false;
    }

    @Override
    public void close() {}
  }

  private synchronized void opened(Receiver hears) throws IOException {
    if (closed) {
      throw new IOException("the walk is over");
    }
    receiver = hears;
    line++;
  }

  private synchronized void sent(JsonNode message) throws IOException {
    if (receiver == null) {
      throw new IOException("the line is down");
    }
    Optional<ClientOperation> operation = current();
    long paused = operation.map(ClientOperation::paused).orElse(0L);
    told.add(Sent.on(operation.map(ClientOperation::number).orElse(0), line, paused, message));
    if (message.has("method") && message.has("id")) {
      operation.ifPresent(o -> o.asked(message.path("id"), message.path("method").asString("")));
    }
    notifyAll();
  }

  private synchronized void paused(Duration time) {
    current().ifPresent(operation -> operation.pause(time.toMillis()));
  }

  private Optional<ClientOperation> current() {
    return operations.values().stream().filter(ClientOperation::isCurrent).findFirst();
  }

  private synchronized void ended(ClientOperation operation) {
    operation.end();
    notifyAll();
  }

  private synchronized void heard(int operation, Message.Notification news) {
    JsonNode message = JSON.readTree(Encoder.encode(news));
    String verb = ClientSubscriptionModel.NEWS;
    Optional<String> none = Optional.empty();
    told.add(new Sent(operation, line, 0, verb, none, none, none, message));
  }

  @Override
  public Heard hear(Ask ask, int id, String label) throws InterruptedException {
    Deed deed = Deed.of(ask, label);
    switch (deed.kind()) {
      case BEGIN -> begin(deed);
      case GIVE_UP -> giveUp(deed.operation());
      case SAY -> say(deed.body());
      case DROP -> drop();
      case RESPOND -> throw new AssertionError("there are no responses on a line: " + label);
    }
    await(this::settled, PATIENCE_MILLIS, label);
    return new Heard(0, 0, "", Optional.empty(), take());
  }

  private void begin(Deed deed) {
    ClientOperation operation =
        new ClientOperation(deed.operation(), deed.what(), client, this::heard, this::ended);
    synchronized (this) {
      operations.put(deed.operation(), operation);
    }
    operation.start();
  }

  private void giveUp(int number) throws InterruptedException {
    ClientOperation operation;
    JsonNode asked;
    synchronized (this) {
      operation = operations.get(number);
      if (operation == null || operation.isGivenUp()) {
        return;
      }
      asked = operation.newest();
      operation.answered();
    }
    operation.giveUp();
    await(() -> isCancelled(asked), COURTESY_MILLIS, "");
  }

  private boolean isCancelled(JsonNode id) {
    return told.stream()
        .map(Sent::message)
        .filter(message -> message.path("method").asString("").equals(CANCELLED))
        .anyMatch(message -> message.path("params").path("requestId").equals(id));
  }

  private void say(JsonNode message) throws InterruptedException {
    Receiver hears;
    JsonNode id = message.path("id");
    boolean call = message.has("method");
    boolean acknowledged = message.path("method").asString("").equals(ACKNOWLEDGED);
    JsonNode meant =
        acknowledged
            ? message.path("params").path("_meta").path("io.modelcontextprotocol/subscriptionId")
            : id;
    synchronized (this) {
      hears = receiver;
      if (acknowledged || !call) {
        operations.values().stream()
            .filter(operation -> operation.newest().equals(meant))
            .forEach(ClientOperation::answered);
      }
    }
    if (hears == null) {
      return;
    }
    byte[] bytes = message.toString().getBytes(StandardCharsets.UTF_8);
    if (!(new StrictDecoder().decode(bytes) instanceof Decoded.Valid(var valid))) {
      throw new AssertionError("no message: " + message);
    }
    hears.received(valid);
    if (call && message.has("id") && !stateless) {
      await(() -> isAnswered(id), COURTESY_MILLIS, "");
    }
  }

  private boolean isAnswered(JsonNode question) {
    return told.stream()
        .map(Sent::message)
        .anyMatch(message -> !message.has("method") && message.path("id").equals(question));
  }

  private void drop() {
    Receiver hears;
    synchronized (this) {
      hears = receiver;
      receiver = null;
      operations.values().forEach(ClientOperation::answered);
    }
    if (hears != null) {
      hears.lost(new IOException("the server left"));
    }
  }

  /** While one makes the connection, the others wait for it. */
  private boolean settled() {
    boolean connecting = operations.values().stream().anyMatch(ClientOperation::isConnecting);
    return operations.values().stream()
        .allMatch(operation -> connecting || operation.isOver() || operation.isWaiting());
  }

  /** Waits for that; without a label it is no fault when it never comes. */
  private synchronized void await(BooleanSupplier condition, long millis, String label)
      throws InterruptedException {
    long until = System.nanoTime() + millis * 1_000_000;
    while (!condition.getAsBoolean()) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        if (label.isEmpty()) {
          return;
        }
        throw new AssertionError("the client hangs after " + label + "; it sent " + told);
      }
      wait(left);
    }
  }

  private synchronized List<Heard.Event> take() {
    List<Heard.Event> events = told.stream().map(Sent::event).toList();
    told.clear();
    return events;
  }

  @Override
  public void close() throws InterruptedException {
    synchronized (this) {
      closed = true;
    }
    drop();
    client.close();
    for (ClientOperation operation : operations.values()) {
      operation.join(PATIENCE_MILLIS);
    }
  }
}
