@NullMarked
package dev.plumbline.server.files;

import org.jspecify.annotations.NullMarked;
