package dev.plumbline.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.server.protocol.JsonLimits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class RecordShapeTest {
  enum Color {
    RED,
    GREEN
  }

  enum Size {
    @Title("Small one")
    S,
    L
  }

  record Texts(String a) {}

  record Numbers(int a, Long b, double c, BigDecimal d, BigInteger e) {}

  record Truth(boolean a, Boolean b) {}

  record Choice(Color a, Size b, List<Size> c) {}

  record Many(List<String> a, Map<String, Integer> b, List<List<Double>> c) {}

  record Point(int x, int y) {}

  record Nested(Point at, List<Point> path) {}

  record Loose(Optional<String> a, @Nullable Integer b, @Default("7") int c, String d) {}

  record Said(
      @Title("Port") @Doc("Where.") @Range(min = 1, max = 65535) int a,
      @Range(min = 0.5) double b,
      @Length(min = 1, max = 9) @Matches("^[a-z]+$") @Format("hostname") String c,
      @Length(max = 2) List<String> d,
      @Default("GREEN") Color e) {}

  record Mirrored(@Header("Region") String a, @Header("Count") int b, @Header("Dry") boolean c) {}

  record Raw(JsonNode a, ObjectNode b) {}

  static Stream<Arguments> schemas() {
    String empty = "";
    return Stream.of(
        Arguments.of(Texts.class, "{'a':{'type':'string'}}", "'a'"),
        Arguments.of(
            Numbers.class,
            "{'a':{'type':'integer'},'b':{'type':'integer'},'c':{'type':'number'},"
                + "'d':{'type':'number'},'e':{'type':'integer'}}",
            "'a','b','c','d','e'"),
        Arguments.of(Truth.class, "{'a':{'type':'boolean'},'b':{'type':'boolean'}}", "'a','b'"),
        Arguments.of(
            Choice.class,
            "{'a':{'type':'string','enum':['RED','GREEN']},"
                + "'b':{'type':'string','oneOf':[{'const':'S','title':'Small one'},"
                + "{'const':'L','title':'L'}]},"
                + "'c':{'type':'array','items':{'anyOf':[{'const':'S','title':'Small one'},"
                + "{'const':'L','title':'L'}]}}}",
            "'a','b','c'"),
        Arguments.of(
            Many.class,
            "{'a':{'type':'array','items':{'type':'string'}},"
                + "'b':{'type':'object','additionalProperties':{'type':'integer'}},"
                + "'c':{'type':'array','items':{'type':'array','items':{'type':'number'}}}}",
            "'a','b','c'"),
        Arguments.of(
            Nested.class,
            "{'at':POINT,'path':{'type':'array','items':POINT}}"
                .replace(
                    "POINT",
                    "{'type':'object','additionalProperties':false,'properties':{"
                        + "'x':{'type':'integer'},'y':{'type':'integer'}},'required':['x','y']}"),
            "'at','path'"),
        Arguments.of(
            Loose.class,
            "{'a':{'type':'string'},'b':{'type':'integer'},"
                + "'c':{'type':'integer','default':7},'d':{'type':'string'}}",
            "'d'"),
        Arguments.of(
            Said.class,
            "{'a':{'type':'integer','title':'Port','description':'Where.','minimum':1,"
                + "'maximum':65535},'b':{'type':'number','minimum':0.5},"
                + "'c':{'type':'string','minLength':1,'maxLength':9,'pattern':'^[a-z]+$',"
                + "'format':'hostname'},"
                + "'d':{'type':'array','items':{'type':'string'},'maxItems':2},"
                + "'e':{'type':'string','enum':['RED','GREEN'],'default':'GREEN'}}",
            "'a','b','c','d'"),
        Arguments.of(
            Mirrored.class,
            "{'a':{'type':'string','x-mcp-header':'Region'},"
                + "'b':{'type':'integer','x-mcp-header':'Count'},"
                + "'c':{'type':'boolean','x-mcp-header':'Dry'}}",
            "'a','b','c'"),
        Arguments.of(Raw.class, "{'a':{},'b':{'type':'object'}}", "'a','b'"),
        Arguments.of(NoArguments.class, empty, empty));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("schemas")
  void derivesTheSchemaOfARecord(Class<?> type, String properties, String required) {
    String text =
        "{'type':'object','additionalProperties':false"
            + (properties.isEmpty() ? "" : ",'properties':" + properties)
            + (required.isEmpty() ? "" : ",'required':[" + required + "]")
            + "}";
    assertThat(RecordShape.of(type).schema(true)).hasToString(json(text).toString());
  }

  @Test
  void takesARecordThereAndBack() throws Mismatch {
    String text = "{'a':1,'b':9007199254740993,'c':0.5,'d':0.1,'e':123456789012345678901234567890}";
    Object read = RecordShape.of(Numbers.class).read(json(text));
    assertThat(read)
        .isEqualTo(
            new Numbers(
                1,
                9007199254740993L,
                0.5,
                new BigDecimal("0.1"),
                new BigInteger("123456789012345678901234567890")));
    assertThat(RecordShape.of(Numbers.class).write(read).toString())
        .isEqualTo(text.replace('\'', '"'));
  }

  @Test
  void readsWhatIsNestedListedAndMapped() throws Mismatch {
    assertThat(
            RecordShape.of(Nested.class).read(json("{'at':{'x':1,'y':2},'path':[{'x':3,'y':4}]}")))
        .isEqualTo(new Nested(new Point(1, 2), List.of(new Point(3, 4))));
    assertThat(RecordShape.of(Many.class).read(json("{'a':['x'],'b':{'k':1},'c':[[0.5]]}")))
        .isEqualTo(new Many(List.of("x"), Map.of("k", 1), List.of(List.of(0.5))));
  }

  @Test
  void fillsInWhatIsNotGiven() throws Mismatch {
    assertThat(RecordShape.of(Loose.class).read(json("{'d':'x'}")))
        .isEqualTo(new Loose(Optional.empty(), null, 7, "x"));
    assertThat(RecordShape.of(Loose.class).read(json("{'a':'y','b':1,'c':2,'d':'x'}")))
        .isEqualTo(new Loose(Optional.of("y"), 1, 2, "x"));
  }

  @Test
  void leavesOutWhatIsAbsent() {
    assertThat(
            RecordShape.of(Loose.class).write(new Loose(Optional.empty(), null, 1, "x")).toString())
        .isEqualTo("{\"c\":1,\"d\":\"x\"}");
  }

  record Positive(int a) {
    Positive {
      if (a <= 0) {
        throw new IllegalArgumentException("a must be positive");
      }
    }
  }

  static Stream<Arguments> misfits() {
    return Stream.of(
        Arguments.of(Texts.class, "{}", "arguments.a is missing"),
        Arguments.of(Texts.class, "{'a':1}", "arguments.a must be of type string"),
        Arguments.of(Texts.class, "[]", "arguments must be of type object"),
        Arguments.of(Point.class, "{'x':2147483648,'y':0}", "arguments.x is too large"),
        Arguments.of(Point.class, "{'x':1e999999999,'y':0}", "arguments.x is too large"),
        Arguments.of(Point.class, "{'x':0.5,'y':0}", "arguments.x must be of type integer"),
        Arguments.of(
            Choice.class, "{'a':'BLUE','b':'S','c':[]}", "arguments.a must be one of RED, GREEN"),
        Arguments.of(
            Nested.class,
            "{'at':{'x':1,'y':2},'path':[{'x':1,'y':2},{'x':1}]}",
            "arguments.path[1].y is missing"),
        Arguments.of(
            Many.class, "{'a':[],'b':{'k':'1'},'c':[]}", "arguments.b.k must be of type number"),
        Arguments.of(Positive.class, "{'a':0}", "arguments is refused: a must be positive"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("misfits")
  void saysWhereAValueDoesNotFit(Class<?> type, String value, String problem) {
    assertThatThrownBy(() -> RecordShape.of(type).read(json(value)))
        .isInstanceOfSatisfying(
            Mismatch.class, e -> assertThat(e.in("arguments")).isEqualTo(problem));
  }

  record Dated(java.time.Instant a) {}

  record Keyed(Map<Integer, String> a) {}

  record Wild(List<?> a) {}

  record Self(List<Self> a) {}

  record BadDefault(@Default("x") int a) {}

  record DefaultOutside(@Range(max = 5) @Default("6") int a) {}

  record RangedText(@Range(min = 1) String a) {}

  record LongNumber(@Length(max = 1) int a) {}

  record EmptyRange(@Range(min = 2, max = 1) int a) {}

  record PatternedNumber(@Matches("x") int a) {}

  record MirroredNumber(@Header("X") double a) {}

  enum Never {}

  record Nothing(Never a) {}

  static Stream<Arguments> unlawful() {
    return Stream.of(
        Arguments.of(String.class, "String is not a record"),
        Arguments.of(Dated.class, "Dated.a: java.time.Instant has no JSON form"),
        Arguments.of(Keyed.class, "Keyed.a: java.util.Map<"),
        Arguments.of(Wild.class, "Wild.a: ? has no JSON form"),
        Arguments.of(Self.class, "contains itself"),
        Arguments.of(BadDefault.class, "BadDefault.a: @Default is not JSON"),
        Arguments.of(DefaultOutside.class, "DefaultOutside.a: the default must be at most 5"),
        Arguments.of(RangedText.class, "RangedText.a: @Range does not fit its type"),
        Arguments.of(LongNumber.class, "LongNumber.a: @Length does not fit its type"),
        Arguments.of(EmptyRange.class, "EmptyRange.a: @Range is empty"),
        Arguments.of(PatternedNumber.class, "PatternedNumber.a: @Matches does not fit its type"),
        Arguments.of(MirroredNumber.class, "MirroredNumber.a: @Header does not fit its type"),
        Arguments.of(Nothing.class, "Nothing.a: Never has no constant"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("unlawful")
  void refusesARecordThatJsonCannotHold(Class<?> type, String why) {
    assertThatThrownBy(() -> RecordShape.of(type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  private static JsonNode json(String text) {
    return JsonLimits.mapper().readTree(text.replace('\'', '"'));
  }
}
