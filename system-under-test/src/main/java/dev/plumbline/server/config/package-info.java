/**
 * The one tree of settings: defaults, validation as a whole, atomic reload and rollback. Constants
 * that nobody may change stay in {@code limit.Limits}; what a setting does belongs to the room that
 * reads it.
 */
@NullMarked
package dev.plumbline.server.config;

import org.jspecify.annotations.NullMarked;
