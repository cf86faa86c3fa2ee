package dev.plumbline.server.control;

import java.time.Duration;

/**
 * The fate of one control message.
 *
 * @param reply what became of it
 * @param dispatch from its arrival in the plane to the start of its handler; zero when no handler
 *     was called (C1)
 * @param whole from its arrival to the reply
 */
public record Delivery(ControlReply reply, Duration dispatch, Duration whole) {}
