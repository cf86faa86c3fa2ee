/**
 * The MCP client of both eras: its lifecycle, how it finds the era of a server, matching answers to
 * requests, and the process entry. What the server answers with does not belong here.
 */
@NullMarked
package dev.plumbline.server.client;

import org.jspecify.annotations.NullMarked;
