/**
 * What Plumbline ships and what it is made of: copies the software bill of materials into the run,
 * records the digests of the built jars, and judges one against the other; licences, rebuilds of
 * the commit, known vulnerabilities, and who built it. Judging the target's own supply chain and
 * signing do not belong here, and nothing here opens a connection.
 */
@NullMarked
package dev.plumbline.supplychain;

import org.jspecify.annotations.NullMarked;
