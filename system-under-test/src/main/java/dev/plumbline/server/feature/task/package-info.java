/**
 * Tasks: the bounded register of work that outlives its request, and the two protocol faces over
 * it. How a tool does its work does not belong here.
 */
@NullMarked
package dev.plumbline.server.feature.task;

import org.jspecify.annotations.NullMarked;
