/**
 * What a disturbance is: the toxics and the direction they act in, as values. Neither who applies
 * them nor how belongs here.
 */
@NullMarked
package dev.plumbline.chaos.toxic;

import org.jspecify.annotations.NullMarked;
