/**
 * The official MCP conformance suite as a second opinion on the bundled server and client: it is
 * run as its makers ship it, its own records become our raw data, and a judge of ours reads them
 * more strictly than its exit code does. Rules of ours do not belong here.
 */
@NullMarked
package dev.plumbline.conformance.referee;

import org.jspecify.annotations.NullMarked;
