package dev.plumbline.server.registry;

import java.time.Instant;

/**
 * Something that outlived its owner.
 *
 * @param what its kind
 * @param count how many
 * @param owner who had ended
 * @param found when it was found
 * @param cleaned true when it is gone now
 */
public record Leak(String what, int count, String owner, Instant found, boolean cleaned) {}
