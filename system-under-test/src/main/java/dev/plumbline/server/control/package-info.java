/**
 * The control plane: four strict priorities with bounded queues on threads of its own, so that
 * health, drain, cancel and circuit breakers answer while the data plane is saturated. Never
 * touches a data-plane queue or thread; what a component does with a message belongs to its room.
 */
@NullMarked
package dev.plumbline.server.control;

import org.jspecify.annotations.NullMarked;
