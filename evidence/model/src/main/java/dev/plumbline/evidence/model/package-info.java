/**
 * The shared vocabulary: what every suite writes and every gate reads. Records, sealed choices and
 * their one JSON form; no clock, no socket, no file layout beyond {@link
 * dev.plumbline.evidence.model.RunFolder}. Code that judges, drives or renders does not belong
 * here.
 */
@NullMarked
package dev.plumbline.evidence.model;

import org.jspecify.annotations.NullMarked;
