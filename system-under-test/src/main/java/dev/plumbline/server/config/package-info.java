/**
 * The one tree of settings: its sections, each a record with its bounds and what holds when nothing
 * is set; validation as a whole, atomic reload and rollback. Constants that nobody may change stay
 * in {@code limit.Limits}; what a setting does belongs to the room that reads it.
 */
@NullMarked
package dev.plumbline.server.config;

import org.jspecify.annotations.NullMarked;
