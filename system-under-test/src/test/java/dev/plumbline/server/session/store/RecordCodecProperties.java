package dev.plumbline.server.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plumbline.server.feature.LogLevel;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.session.ClientProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.databind.node.JsonNodeFactory;

/** Records survive the way through bytes and through the versions (R081, R082). */
class RecordCodecProperties {
  @Property(tries = 1_000)
  void whatIsWrittenIsRead(@ForAll("sessions") SessionRecord session) {
    assertThat(RecordCodec.decode(RecordCodec.encode(session))).isEqualTo(session);
  }

  @Property(tries = 1_000)
  void upAndDownAgainIsWhereItBegan(@ForAll("sessions") SessionRecord session) {
    SessionRecordV1 old = SessionRecordV1.down(session);
    assertThat(SessionRecordV1.down(old.up())).isEqualTo(old);
  }

  @Property(tries = 1_000)
  void downAndUpAgainLosesOnlyWhatVersionOneCannotHold(@ForAll("sessions") SessionRecord session) {
    SessionRecord back = RecordCodec.decode(RecordCodec.encode(session, 1));
    assertThat(back.priorityQueue()).isEmpty();
    assertThat(back).usingRecursiveComparison().ignoringFields("priorityQueue").isEqualTo(session);
  }

  @Property(tries = 1_000)
  void aFlippedBitIsNoticed(
      @ForAll("sessions") SessionRecord session,
      @ForAll @IntRange(min = 0, max = 1_000_000) int where,
      @ForAll @IntRange(min = 0, max = 7) int bit) {
    byte[] bytes = RecordCodec.encode(session);
    bytes[where % bytes.length] ^= (byte) (1 << bit);
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> RecordCodec.decode(bytes));
  }

  @Property(tries = 1_000)
  void aCutOffRecordIsNoticed(
      @ForAll("sessions") SessionRecord session,
      @ForAll @IntRange(min = 0, max = 1_000_000) int length) {
    byte[] bytes = RecordCodec.encode(session);
    byte[] part = Arrays.copyOf(bytes, length % bytes.length);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> RecordCodec.decode(part))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CORRUPT));
  }

  @Example
  void aRecordFromTheFutureIsRefusedForWhatItIs() {
    byte[] bytes = RecordCodec.encode(Records.active("a"));
    bytes[0] = RecordCodec.CURRENT + 1;
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> RecordCodec.decode(bytes))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.FUTURE))
        .withMessageContaining("version 3");
  }

  /** A part of version 2 that is only there when it says something. */
  @Example
  void aDrainIsKeptAndUnknownToVersionOne() {
    SessionRecord plain = Records.active("a");
    SessionRecord drained = Records.drained("a", Records.NOON);
    assertThat(RecordCodec.decode(RecordCodec.encode(drained))).isEqualTo(drained);
    assertThat(drained.bare().drainedUntil()).contains(Records.NOON);
    assertThat(drained.usedAt(Records.NOON).drainedUntil()).contains(Records.NOON);
    assertThat(RecordCodec.encode(drained, 1)).isEqualTo(RecordCodec.encode(plain, 1));
    assertThat(RecordCodec.decode(RecordCodec.encode(plain)).drainedUntil()).isEmpty();
  }

  @Example
  void aVersionNobodyKnowsIsNotWritten() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> RecordCodec.encode(Records.active("a"), 3));
  }

  /** Every third number is there: the others gave way. */
  private static StreamRecord stream(
      long number,
      boolean listening,
      boolean finished,
      long lost,
      MessageKind kind,
      List<String> texts) {
    List<StreamRecord.Said> said = new ArrayList<>();
    for (String text : texts) {
      said.add(new StreamRecord.Said(lost + 3L * (said.size() + 1), kind, text));
    }
    return new StreamRecord(number, listening, finished, lost + 3L * texts.size() + 1, lost, said);
  }

  @Provide
  Arbitrary<SessionRecord> sessions() {
    Arbitrary<List<String>> texts = Arbitraries.strings().ofMaxLength(20).list().ofMaxSize(4);
    Arbitrary<RequestId> ids =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(8).map(RequestId.Text::new),
            Arbitraries.bigIntegers().map(number -> new RequestId.Whole(number.toString())));
    Arbitrary<StreamRecord> streams =
        Combinators.combine(
                Arbitraries.longs().between(1, 1_000),
                Arbitraries.of(true, false),
                Arbitraries.of(true, false),
                Arbitraries.longs().between(0, 1_000_000),
                Arbitraries.of(MessageKind.class),
                texts)
            .as(RecordCodecProperties::stream);
    return Combinators.combine(
            Arbitraries.strings().ofMaxLength(43),
            Arbitraries.of(SessionRecord.Phase.class),
            Arbitraries.longs().between(0, 4_000_000_000_000L).map(Instant::ofEpochMilli),
            Arbitraries.longs().between(1, Long.MAX_VALUE),
            Arbitraries.of(LogLevel.class),
            texts,
            ids.list().ofMaxSize(4),
            streams.list().ofMaxSize(3))
        .as(
            (id, phase, time, changes, level, names, requests, kept) ->
                new SessionRecord(
                    id,
                    "2025-11-25",
                    new ClientProfile(
                        JsonNodeFactory.instance.objectNode().put("name", id),
                        JsonNodeFactory.instance.objectNode()),
                    phase,
                    time,
                    time.plusMillis(5),
                    changes,
                    level,
                    names,
                    names,
                    requests,
                    kept,
                    changes,
                    names));
  }
}
