package dev.plumbline.perf.gatling.chart;

import io.gatling.charts.component.Component;
import java.util.List;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Markup in a page of the report; no script takes part. */
final class Drawn extends Component {
  private final String markup;

  Drawn(String markup) {
    this.markup = markup;
  }

  @Override
  public String html() {
    return "<div class=\"schema\">" + markup + "</div>";
  }

  @Override
  public String js() {
    return "";
  }

  @Override
  public Seq<String> jsFiles() {
    return CollectionConverters.asScala(List.<String>of()).toSeq();
  }
}
