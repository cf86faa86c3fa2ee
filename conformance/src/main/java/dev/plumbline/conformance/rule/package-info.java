/**
 * The rules: code that judges one clause each, grouped by the specification page they judge. A rule
 * is a script that drives conversations and a pure judge over what was recorded; sockets, files and
 * the order of running belong elsewhere.
 */
@NullMarked
package dev.plumbline.conformance.rule;

import org.jspecify.annotations.NullMarked;
