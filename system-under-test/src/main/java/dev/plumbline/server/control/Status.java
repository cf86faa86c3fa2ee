package dev.plumbline.server.control;

import dev.plumbline.server.machine.ServerState;

/**
 * What the control plane reports.
 *
 * @param state of the server
 * @param sessions alive
 * @param inFlight requests being worked on
 * @param inFlightCap how many there may be
 * @param version of the software
 */
public record Status(
    ServerState state, int sessions, int inFlight, int inFlightCap, String version) {}
