/** What watches the process, under readings and clocks the tests hold; and one real collector. */
@NullMarked
package dev.plumbline.server.observe.monitor;

import org.jspecify.annotations.NullMarked;
