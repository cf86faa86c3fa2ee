/**
 * What a program uses to offer its own tools, resources and prompts: records for arguments, plain
 * blocking handlers, and a call to talk to the client with. Translates to {@code feature}; knows no
 * wire and no era.
 */
@NullMarked
package dev.plumbline.server.api;

import org.jspecify.annotations.NullMarked;
