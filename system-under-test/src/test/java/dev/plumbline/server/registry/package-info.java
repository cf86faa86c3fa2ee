@NullMarked
package dev.plumbline.server.registry;

import org.jspecify.annotations.NullMarked;
