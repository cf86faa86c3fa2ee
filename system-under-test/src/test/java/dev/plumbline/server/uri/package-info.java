@NullMarked
package dev.plumbline.server.uri;

import org.jspecify.annotations.NullMarked;
