/**
 * What the server says about itself: bounded log lines for now. Nothing here may block a request,
 * and nothing a peer sent may be repeated here.
 */
@NullMarked
package dev.plumbline.server.observe;

import org.jspecify.annotations.NullMarked;
