/** The register of sessions under a clock the test holds. */
@NullMarked
package dev.plumbline.server.session;

import org.jspecify.annotations.NullMarked;
