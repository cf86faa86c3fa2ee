/**
 * What is judged and how it is reached: a URL, a command, the bundled server. Starts and ends
 * processes and hands out conversations; what the conversations are about lives elsewhere.
 */
@NullMarked
package dev.plumbline.conformance.target;

import org.jspecify.annotations.NullMarked;
