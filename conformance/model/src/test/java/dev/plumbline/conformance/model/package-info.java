/** Toy peers with planted defects, and the models against peers that are told what to say. */
@NullMarked
package dev.plumbline.conformance.model;

import org.jspecify.annotations.NullMarked;
