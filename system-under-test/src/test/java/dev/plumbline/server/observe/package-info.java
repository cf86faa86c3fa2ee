/** What the server says about itself. */
@NullMarked
package dev.plumbline.server.observe;

import org.jspecify.annotations.NullMarked;
