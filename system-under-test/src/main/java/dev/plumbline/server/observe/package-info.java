/**
 * What the server says about itself: notices, sections, metrics, health, and bounded log lines.
 * Nothing here may block a request, and nothing a peer sent may be repeated here. Rooms report what
 * they are; this room does not reach into them.
 */
@NullMarked
package dev.plumbline.server.observe;

import org.jspecify.annotations.NullMarked;
