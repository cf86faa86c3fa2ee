/**
 * The clause ledger: what the specification asks for, as numbered rows in our own words, each bound
 * to a rule or to a written reason why there is none yet. Rows are data in resources; code that
 * drives a target or judges what it did does not belong here.
 */
@NullMarked
package dev.plumbline.conformance.ledger;

import org.jspecify.annotations.NullMarked;
