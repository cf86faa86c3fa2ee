package dev.plumbline.server.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Nothing but what was sealed, by whom it was sealed for, in time, is ever opened. */
class StateSealProperties {
  private static final byte[] BINDING = "alice tools/call".getBytes(StandardCharsets.UTF_8);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Instant now = Instant.parse("2026-07-28T00:00:00Z");
  private final InstantSource clock = () -> now;
  private final StateSeal seal = new StateSeal(new byte[StateSeal.KEY_BYTES], clock, MINUTE);

  private String sealed(byte[] content) {
    return seal.seal(content, BINDING).orElseThrow();
  }

  @Property(tries = 200)
  void givesBackWhatWasSealed(@ForAll @Size(max = 500) byte[] content) {
    assertThat(seal.open(sealed(content), BINDING)).hasValue(content);
  }

  @Property(tries = 500)
  void refusesEveryFlippedBit(
      @ForAll @Size(max = 100) byte[] content, @ForAll @IntRange(max = 1_000_000) int where) {
    byte[] bytes = Base64.getUrlDecoder().decode(sealed(content));
    int bit = where % (bytes.length * Byte.SIZE);
    bytes[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
    String flipped = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    assertThat(seal.open(flipped, BINDING)).isEmpty();
  }

  @Property(tries = 500)
  void refusesEveryOtherCharacter(
      @ForAll @Size(max = 100) byte[] content,
      @ForAll @IntRange(max = 1_000_000) int where,
      @ForAll @IntRange(min = 33, max = 126) int other) {
    StringBuilder text = new StringBuilder(sealed(content));
    int at = where % text.length();
    boolean same = text.charAt(at) == (char) other;
    text.setCharAt(at, (char) other);
    assertThat(seal.open(text.toString(), BINDING).isPresent()).isEqualTo(same);
  }

  @Property(tries = 200)
  void refusesEveryTruncationAndExtension(@ForAll @IntRange(max = 1_000) int length) {
    String whole = sealed(new byte[20]);
    String other = length < whole.length() ? whole.substring(0, length) : whole + "A";
    assertThat(seal.open(other, BINDING)).isEmpty();
  }

  @Property(tries = 200)
  void refusesEveryOtherBinding(@ForAll @Size(max = 60) byte[] binding) {
    assertThat(seal.open(sealed(new byte[3]), binding)).isEmpty();
  }

  @Example
  void opensUnderTheSameKeyElsewhereAndUnderNoOther() {
    StateSeal twin = new StateSeal(new byte[StateSeal.KEY_BYTES], clock, MINUTE);
    assertThat(twin.open(sealed(new byte[3]), BINDING)).isPresent();
    assertThat(StateSeal.under(ServerSecret.fresh()).open(sealed(new byte[3]), BINDING)).isEmpty();
  }

  @Example
  void expires() {
    String state = sealed(new byte[3]);
    now = now.plus(MINUTE).minusMillis(1);
    assertThat(seal.open(state, BINDING)).isPresent();
    now = now.plusMillis(1);
    assertThat(seal.open(state, BINDING)).isEmpty();
  }

  @Example
  void isBounded() {
    assertThat(seal.seal(new byte[StateSeal.MAX_CHARACTERS], BINDING)).isEmpty();
    assertThat(seal.open("A".repeat(StateSeal.MAX_CHARACTERS + 1), BINDING)).isEmpty();
  }

  @Example
  void neverSealsTheSameTwice() {
    assertThat(sealed(new byte[3])).isNotEqualTo(sealed(new byte[3]));
  }
}
