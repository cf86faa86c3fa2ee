/**
 * Composition of the bundled MCP server: the parts it is made of, the process that runs them, the
 * command line. Behaviour belongs in the rooms below, never here.
 */
@NullMarked
package dev.plumbline.server;

import org.jspecify.annotations.NullMarked;
