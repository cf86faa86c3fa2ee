package dev.plumbline.conformance.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.wire.Messages;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The building blocks of shapes, and the places they are told of. */
class ShapesTest {
  private static final String OLD = "2025-06-18";
  private static final String NEW = "2026-07-28";

  private static List<String> told(Shape shape, String value) {
    return told(shape, value, NEW);
  }

  private static List<String> told(Shape shape, String value, String revision) {
    Spot spot = Spot.of(Messages.parse(value.replace('\'', '"')).orElseThrow(), revision);
    shape.check(spot);
    return spot.mismatches().stream().map(Mismatch::toString).toList();
  }

  @Test
  void bothAreHeldButTheSecondOnlyWhereTheFirstIs() {
    Shape both = Shapes.both(Shapes.OBJECT, Shapes.object(Member.must("a", Shapes.TEXT)));

    assertThat(told(both, "{'a':'x'}")).isEmpty();
    assertThat(told(both, "7")).containsExactly("message is 7, not an object");
    assertThat(told(both, "{'a':7}")).containsExactly("a is 7, not text");
  }

  @Test
  void everyElementOfAListIsHeld() {
    Shape list = Shapes.list(Shapes.TEXT);

    assertThat(told(list, "['a','b']")).isEmpty();
    assertThat(told(list, "{}")).containsExactly("message is {}, not a list");
    assertThat(told(list, "['a',1,2]")).containsExactly("[1] is 1, not text", "[2] is 2, not text");
  }

  @Test
  void everyMemberOfAMapIsHeld() {
    Shape map = Shapes.map(Shapes.TEXT);

    assertThat(told(map, "{'a':'x'}")).isEmpty();
    assertThat(told(map, "[]")).containsExactly("message is [], not an object");
    assertThat(told(map, "{'a':'x','b':true}")).containsExactly("b is true, not text");
  }

  @Test
  void theKindTellsTheShape() {
    Shape kinds =
        Shapes.kinds(
            "type",
            new Shapes.Kind("old", Revision.FIRST, Shapes.object(Member.must("a", Shapes.INTEGER))),
            new Shapes.Kind("new", NEW, Shapes.OBJECT));

    assertThat(told(kinds, "{'type':'old','a':1}")).isEmpty();
    assertThat(told(kinds, "{'type':'old'}")).containsExactly("a is missing, not an integer");
    assertThat(told(kinds, "{'type':'new'}")).isEmpty();
    assertThat(told(kinds, "{'type':'new'}", OLD))
        .containsExactly("type is \"new\", not one of old");
    assertThat(told(kinds, "'old'")).containsExactly("message is \"old\", not an object");
  }

  @Test
  void aMemberChoosesBetweenTwoShapes() {
    Shape having =
        Shapes.having(
            "a",
            Shapes.object(Member.must("b", Shapes.BOOLEAN)),
            Shapes.object(Member.must("c", Shapes.BOOLEAN)));

    assertThat(told(having, "{'a':1}")).containsExactly("b is missing, not true or false");
    assertThat(told(having, "{}")).containsExactly("c is missing, not true or false");
  }

  @ParameterizedTest
  @CsvSource({
    "2025-03-26, 0",
    "2025-06-18, 1",
    "2025-11-25, 1",
    "2026-07-28, 0",
  })
  void membersAreHeldInTheRevisionsThatKnowThem(String revision, int mismatches) {
    Member member = Member.must("a", Shapes.TEXT).since("2025-06-18").until("2025-11-25");

    assertThat(told(Shapes.object(member), "{'a':1}", revision)).hasSize(mismatches);
  }

  @ParameterizedTest
  @CsvSource({
    "0, true, true",
    "1, true, true",
    "0.5, true, false",
    "-0.1, false, false",
    "1.1, false, false",
    "7, false, true",
    "-1, false, false"
  })
  void numbersHaveTheirBounds(String number, boolean share, boolean integer) {
    assertThat(told(Shapes.SHARE, number).isEmpty()).isEqualTo(share);
    assertThat(told(Shapes.NOT_NEGATIVE, number).isEmpty()).isEqualTo(integer);
  }

  @Test
  void noMoreThanTwentyAreTold() {
    String many = "[" + "0,".repeat(20) + "0]";

    assertThat(told(Shapes.list(Shapes.TEXT), many))
        .hasSize(20)
        .last()
        .isEqualTo("[19] is 0, not text");
  }

  @ParameterizedTest
  @CsvSource({"80, 80, false", "81, 80, true"})
  void whatIsThereIsShortened(int length, int shown, boolean cut) {
    String actual = new Mismatch("a", "text", "x".repeat(length)).actual();

    assertThat(actual).isEqualTo("x".repeat(shown) + (cut ? "…" : ""));
  }
}
