/**
 * One run from the target's start to the sealed bundle: the run folder, the order of the suites,
 * what is kept when it is cut short. Knows neither options nor how things look; judges nothing.
 */
@NullMarked
package dev.plumbline.ci.cli.run;

import org.jspecify.annotations.NullMarked;
