/**
 * The HTTP face of the control plane: its own port, its own threads, authenticated and bounded.
 * What is shown belongs to the rooms that show it ({@code observe.Introspection}); what is done to
 * them goes through the plane or the settings.
 */
@NullMarked
package dev.plumbline.server.control.port;

import org.jspecify.annotations.NullMarked;
