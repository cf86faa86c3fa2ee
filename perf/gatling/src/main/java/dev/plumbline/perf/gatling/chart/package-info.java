/**
 * The pictures in Gatling's report, as SVG in the page. Gatling finds who draws them as a service;
 * what comes with it draws with a library whose licence allows no further distribution.
 */
@NullMarked
package dev.plumbline.perf.gatling.chart;

import org.jspecify.annotations.NullMarked;
