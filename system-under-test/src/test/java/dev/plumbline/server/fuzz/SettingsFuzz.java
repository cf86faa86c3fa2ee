package dev.plumbline.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.config.InvalidConfigException;
import dev.plumbline.server.config.Sources;

/** Any bytes are settings, or are refused in words. */
public final class SettingsFuzz {
  private SettingsFuzz() {}

  /** One input. */
  public static void fuzzerTestOneInput(byte[] data) {
    try {
      assertThat(Sources.none().over("fuzz", data)).isNotNull();
    } catch (InvalidConfigException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
