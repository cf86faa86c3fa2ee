@NullMarked
package dev.plumbline.server.subscription;

import org.jspecify.annotations.NullMarked;
