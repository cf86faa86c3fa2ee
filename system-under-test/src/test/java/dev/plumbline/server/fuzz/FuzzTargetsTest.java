package dev.plumbline.server.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fuzzer holds to be true holds of lawful input and of what is nearly lawful. */
final class FuzzTargetsTest {
  private static final int CHANGED = 1_000;
  private static final long SEED = 202;

  /** Takes an input. */
  interface Feed {
    /** Throws when something is not as it has to be. */
    void take(byte[] data) throws Exception;
  }

  /**
   * What is fuzzed.
   *
   * @param name for messages
   * @param feed takes an input
   * @param examples an input in each line
   */
  record Target(String name, Feed feed, String examples) {
    private List<byte[]> all() {
      return examples
          .lines()
          .map(line -> line.replace("\\r", "\r").replace("\\n", "\n"))
          .map(line -> line.getBytes(StandardCharsets.UTF_8))
          .toList();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Target> targets() {
    return List.of(
        new Target(
            "message",
            MessageFuzz::fuzzerTestOneInput,
            """
            {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"x"}}
            {"jsonrpc":"2.0","id":"a\\u00e9","method":"tools/call","params":{"n":[1.5e3,-0,true,null]}}
            {"jsonrpc":"2.0","method":"notifications/initialized"}
            {"jsonrpc":"2.0","id":7,"result":{"a":"\\ud83d\\ude00"}}
            {"jsonrpc":"2.0","id":7,"error":{"code":-32601,"message":"m","data":[{}]}}
            [{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"x"}]
            """),
        new Target(
            "address",
            AddressFuzz::fuzzerTestOneInput,
            """
            file:///srv/a%20b/../c.txt
            https://EXAMPLE.org:443/%7Eu/./x?q=%C3%BC#f
            notes://{day}/%2e%2e/x
            urn:isbn:0451450523
            file://host/C:/x
            """),
        new Target(
            "settings",
            SettingsFuzz::fuzzerTestOneInput,
            """
            queues: {caps: {session: 20000}, warnAt: 0.8}
            rate: {kind: window, perSecond: 10}
            breaker: {failures: 5, window: 30s}
            a: &b [*b, *b]
            """),
        new Target(
            "head",
            HeadFuzz::fuzzerTestOneInput,
            """
            \u0007POST /mcp HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 3\\r\\n\\r\\nabcGET / HTTP/1.1\\r\\n\\r\\n
            0POST / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3;x=y\\r\\nabc\\r\\n0\\r\\n\\r\\n
            zGET /a HTTP/1.0\\r\\nX: y\\r\\n z\\r\\n\\r\\n
            """));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void holdsOfExamplesAndOfWhatIsNearlyThem(Target target) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<byte[]> examples = target.all();
    for (byte[] example : examples) {
      check(target, example);
      for (int i = 0; i < CHANGED; i++) {
        check(target, changed(example, examples, random));
      }
    }
  }

  private static void check(Target target, byte[] data) {
    assertThatCode(() -> target.feed().take(data))
        .as("%s %s", target, Base64.getEncoder().encodeToString(data))
        .doesNotThrowAnyException();
  }

  /** One to three bytes changed, doubled or left out, or the end of another example. */
  private static byte[] changed(byte[] example, List<byte[]> others, SplittableRandom random) {
    byte[] bytes = example.clone();
    int changes = random.nextInt(1, 4);
    for (int i = 0; i < changes && bytes.length > 1; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes = join(Arrays.copyOf(bytes, at), bytes, at + 1);
        case 2 -> bytes = join(Arrays.copyOf(bytes, at + 1), bytes, at);
        default -> {
          byte[] other = others.get(random.nextInt(others.size()));
          bytes = join(Arrays.copyOf(bytes, at), other, random.nextInt(other.length));
        }
      }
    }
    return bytes;
  }

  private static byte[] join(byte[] head, byte[] tail, int from) {
    byte[] all = Arrays.copyOf(head, head.length + tail.length - from);
    System.arraycopy(tail, from, all, head.length, tail.length - from);
    return all;
  }
}
