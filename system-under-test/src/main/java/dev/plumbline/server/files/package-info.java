/**
 * Files as resources ({@code file://}, C14): which lie below a directory that was declared, how one
 * is opened so that nothing outside can be, and how it is shown.
 */
@NullMarked
package dev.plumbline.server.files;

import org.jspecify.annotations.NullMarked;
