/**
 * The two protocol eras: which one a message belongs to, what it must carry there, how its answer
 * is shaped. Bytes in, answers out; sockets, pipes and the features themselves do not belong here.
 */
@NullMarked
package dev.plumbline.server.era;

import org.jspecify.annotations.NullMarked;
