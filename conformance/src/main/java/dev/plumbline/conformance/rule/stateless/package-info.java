/**
 * The rules of the stateless era, one file for each page of revision 2026-07-28. A file holds what
 * is particular to its page; what both eras judge alike is one class in the package above.
 */
@NullMarked
package dev.plumbline.conformance.rule.stateless;

import org.jspecify.annotations.NullMarked;
