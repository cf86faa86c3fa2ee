package dev.plumbline.server.config;

import static dev.plumbline.server.config.Setting.Effect.LIVE;

import java.time.Duration;

/**
 * When memory, file descriptors and pauses become an alert (C7); percent of what there is.
 *
 * @param memoryWarning of the heap
 * @param memoryCritical of the heap
 * @param memoryFull of the heap
 * @param filesWarning of the file descriptors
 * @param filesDrain of the file descriptors: new connections are refused
 * @param gcWarning a pause of the collector that is an alert
 * @param gcBreach a pause that breaks the objective
 * @param check how often memory and descriptors are looked at
 */
public record MonitorSettings(
    @Setting(min = "1", max = "100", effect = LIVE) int memoryWarning,
    @Setting(min = "1", max = "100", effect = LIVE) int memoryCritical,
    @Setting(min = "1", max = "100", effect = LIVE) int memoryFull,
    @Setting(min = "1", max = "100", effect = LIVE) int filesWarning,
    @Setting(min = "1", max = "100", effect = LIVE) int filesDrain,
    @Setting(min = "1ms", max = "1m", effect = LIVE) Duration gcWarning,
    @Setting(min = "1ms", max = "1m", effect = LIVE) Duration gcBreach,
    @Setting(min = "10ms", max = "1h") Duration check) {
  /** What holds when nothing is set. */
  static MonitorSettings standard() {
    return new MonitorSettings(
        70, 85, 95, 80, 90, Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofSeconds(1));
  }
}
