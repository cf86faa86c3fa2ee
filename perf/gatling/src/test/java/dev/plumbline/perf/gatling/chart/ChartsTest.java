package dev.plumbline.perf.gatling.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatling.charts.component.ComponentLibrary;
import io.gatling.charts.stats.CountsVsTimePlot;
import io.gatling.charts.stats.Ranges;
import io.gatling.charts.stats.UserSeries;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The pictures of the report are well-formed and show what was counted. */
final class ChartsTest {
  private final ComponentLibrary charts = ComponentLibrary.Instance();

  @Test
  void gatlingFindsTheCharts() {
    assertThat(charts).isInstanceOf(Charts.class);
  }

  @Test
  void drawsALineForEachKindOfAnswer() throws Exception {
    Document page =
        xml(
            charts
                .getRequestsComponent(
                    "",
                    0,
                    seq(List.of(new CountsVsTimePlot(0, 4, 1), new CountsVsTimePlot(1_000, 10, 0))))
                .html());
    assertThat(page.getElementsByTagName("polyline").getLength()).isEqualTo(3);
    assertThat(page.getDocumentElement().getTextContent())
        .contains("Requests", "all", "right", "failed", "10");
  }

  @Test
  void nothingAtAllIsAPictureToo() throws Exception {
    Document page = xml(charts.getResponsesComponent("", 0, seq()).html());
    assertThat(page.getElementsByTagName("polyline").getLength()).isZero();
    assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(1);
  }

  @Test
  void namesThatLookLikeMarkupStayNames() throws Exception {
    String html =
        charts
            .getUserStartRateComponent(
                "", 0, new UserSeries("<script>alert(\"1\")&</script>", seq()), seq())
            .html();
    assertThat(xml(html).getElementsByTagName("script").getLength()).isZero();
    assertThat(html).contains("&lt;script>");
  }

  @Test
  void aBarIsAsHighAsItsShareOfTheHighest() throws Exception {
    Document page =
        xml(
            charts
                .getRangesComponent("", "", "", new Ranges(800, 1_200, 100, 50, 0, 0), true)
                .html());
    double highest = height(page, "#2da44e");
    assertThat(height(page, "#bf8700")).isEqualTo(highest / 2);
    assertThat(height(page, "#cf222e")).isZero();
  }

  @Test
  void noScriptTakesPart() {
    var component = charts.getRequestsComponent("", 0, seq());
    assertThat(component.js()).isEmpty();
    assertThat(component.jsFiles().isEmpty()).isTrue();
  }

  private static double height(Document page, String color) {
    var all = page.getElementsByTagName("rect");
    for (int i = 0; i < all.getLength(); i++) {
      var attributes = all.item(i).getAttributes();
      if (attributes.getNamedItem("fill").getNodeValue().equals(color)) {
        return Double.parseDouble(attributes.getNamedItem("height").getNodeValue());
      }
    }
    throw new AssertionError("no bar in " + color);
  }

  private static <T> Seq<T> seq(List<T> all) {
    return CollectionConverters.asScala(all).toSeq();
  }

  private static <T> Seq<T> seq() {
    return seq(List.of());
  }

  private static Document xml(String markup) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(markup)));
  }
}
