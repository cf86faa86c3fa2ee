/**
 * The client's side of MCP authorization: finding the authorization server of a protected endpoint,
 * obtaining tokens for it by one of several grants, keeping them, and answering challenges. How MCP
 * messages travel does not belong here; what checks tokens on a server does not either.
 */
@NullMarked
package dev.plumbline.server.client.auth;

import org.jspecify.annotations.NullMarked;
