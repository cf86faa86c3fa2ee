/**
 * The commands a user types: options in, a request to {@code run} or {@code evidence} out, and how
 * the outcome is told. One file a command; what a run does is not decided here.
 */
@NullMarked
package dev.plumbline.ci.cli.command;

import org.jspecify.annotations.NullMarked;
