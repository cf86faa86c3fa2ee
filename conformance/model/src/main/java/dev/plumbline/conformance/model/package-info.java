/**
 * What the specification says about behaviour over time: one state machine for each subject,
 * written from its pages alone, and what walks them, shrinks a walk that fails and tells it to a
 * person. Pure: no clock, no socket, no thread. Who carries the messages implements {@link
 * dev.plumbline.conformance.model.Port}; what single messages must look like is for rules.
 */
@NullMarked
package dev.plumbline.conformance.model;

import org.jspecify.annotations.NullMarked;
