/**
 * Fault proxies: what can be done to a TCP connection between a client and a target, and who does
 * it. Every backend is driven through Toxiproxy's HTTP API by the official Java client, so one
 * contract holds for all. What a fault is for, and what is measured while it lasts, does not belong
 * here.
 */
@NullMarked
package dev.plumbline.chaos.proxy;

import org.jspecify.annotations.NullMarked;
