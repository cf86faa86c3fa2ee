/** Tests of the permits, breakers, alerts and rates. */
@NullMarked
package dev.plumbline.server.limit;

import org.jspecify.annotations.NullMarked;
