/**
 * The finished command line as its users meet it: real processes, real signals, real files. What a
 * single module can prove alone is proved there.
 */
@NullMarked
package dev.plumbline.ci.acceptance;

import org.jspecify.annotations.NullMarked;
