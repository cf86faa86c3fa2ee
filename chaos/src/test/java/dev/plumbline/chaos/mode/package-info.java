/** What is concluded from records, with records made by hand. */
@NullMarked
package dev.plumbline.chaos.mode;

import org.jspecify.annotations.NullMarked;
