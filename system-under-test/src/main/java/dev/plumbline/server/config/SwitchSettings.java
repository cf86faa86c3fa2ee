package dev.plumbline.server.config;

import static dev.plumbline.server.config.Setting.Effect.LIVE;

/**
 * Parts that can be turned off while the server runs.
 *
 * @param controlPlane off: the control port answers nothing but liveness and this switch
 * @param queueLimits off: permits of roles are counted and never refused; what waits for one
 *     connection stays bounded, because it is memory and not policy
 * @param overloadMonitor off: queues are not looked at
 */
public record SwitchSettings(
    @Setting(effect = LIVE) boolean controlPlane,
    @Setting(effect = LIVE) boolean queueLimits,
    @Setting(effect = LIVE) boolean overloadMonitor) {
  /** What holds when nothing is set. */
  static SwitchSettings standard() {
    return new SwitchSettings(true, true, true);
  }
}
