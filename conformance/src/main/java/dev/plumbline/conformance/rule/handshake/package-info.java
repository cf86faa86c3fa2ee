/**
 * The rules of the handshake era, one file for each page of revision 2025-11-25. A file holds what
 * is particular to its page; what both eras judge alike is one class in the package above.
 */
@NullMarked
package dev.plumbline.conformance.rule.handshake;

import org.jspecify.annotations.NullMarked;
