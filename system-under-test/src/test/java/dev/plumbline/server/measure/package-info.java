/** Every state and every event of the lifecycles, table by table and walk by walk. */
@NullMarked
package dev.plumbline.server.measure;

import org.jspecify.annotations.NullMarked;
