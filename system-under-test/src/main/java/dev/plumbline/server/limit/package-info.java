/**
 * Permits and the named limits: every queue, buffer, wait and count in the server has its bound
 * here. Policy about who gets a permit first does not belong here yet.
 */
@NullMarked
package dev.plumbline.server.limit;

import org.jspecify.annotations.NullMarked;
