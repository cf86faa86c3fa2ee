package dev.plumbline.chaos.embedded;

import dev.plumbline.chaos.toxic.Direction;
import dev.plumbline.chaos.toxic.Toxic;

/**
 * A toxic on a proxy.
 *
 * @param name unique on its proxy, over both directions
 * @param direction which way it works
 * @param toxicity the share of connections it works on, 0 to 1
 * @param toxic what it does
 */
record AttachedToxic(String name, Direction direction, double toxicity, Toxic toxic) {}
