@NullMarked
package dev.plumbline.server.domain;

import org.jspecify.annotations.NullMarked;
