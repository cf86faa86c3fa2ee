/** Tests of tasks. */
@NullMarked
package dev.plumbline.server.feature.task;

import org.jspecify.annotations.NullMarked;
