/**
 * Programs that measure one promise of the server each, without a test framework, and print one
 * JSON line for every finding. Nothing of the server depends on them, and what they need of it is
 * public.
 */
@NullMarked
package dev.plumbline.server.measure;

import org.jspecify.annotations.NullMarked;
