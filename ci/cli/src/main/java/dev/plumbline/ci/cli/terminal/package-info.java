/**
 * What a person sees while a run goes on: the target and plan lines, one bar a suite with its
 * findings beneath, the verdict. Knows how to print and nothing else; what is true is decided
 * elsewhere.
 */
@NullMarked
package dev.plumbline.ci.cli.terminal;

import org.jspecify.annotations.NullMarked;
