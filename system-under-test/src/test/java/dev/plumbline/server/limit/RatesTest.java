package dev.plumbline.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.RateKind;
import dev.plumbline.server.config.RateSettings;
import dev.plumbline.server.config.ServerConfig;
import org.junit.jupiter.api.Test;

class RatesTest {
  private final Live<ServerConfig> config =
      new Live<>(ServerConfig.standard().withRate(new RateSettings(RateKind.TOKEN_BUCKET, 1, 1)));
  private final Rates rates = new Rates(config, () -> 0);

  @Test
  void whoeverAsksKeepsOneGateOfTheirOwn() {
    RateSlot one = new RateSlot();
    assertThat(rates.of(one)).isSameAs(rates.of(one)).isNotSameAs(rates.of(new RateSlot()));
    assertThat(rates.of(one).take(1)).isEmpty();
    assertThat(rates.of(one).take(1)).isPresent();
    assertThat(rates.of(new RateSlot()).take(1)).isEmpty();
  }

  @Test
  void aPrincipalHasOneGateWhateverItsConnection() {
    assertThat(rates.ofPrincipal("ann").take(1)).isEmpty();
    assertThat(rates.ofPrincipal("ann").take(1)).isPresent();
    assertThat(rates.ofPrincipal("bob").take(1)).isEmpty();
  }

  @Test
  void thePrincipalThatWasSilentLongestIsForgottenFirst() {
    RateGate first = rates.ofPrincipal("p0");
    RateGate second = rates.ofPrincipal("p1");
    for (int i = 2; i < Rates.MAX_PRINCIPALS; i++) {
      assertThat(rates.ofPrincipal("p" + i)).isNotNull();
    }
    assertThat(rates.ofPrincipal("p0")).as("all have their place").isSameAs(first);
    assertThat(rates.ofPrincipal("one more")).isNotNull();
    assertThat(rates.ofPrincipal("p0")).as("asked lately").isSameAs(first);
    assertThat(rates.ofPrincipal("p1")).as("silent longest").isNotSameAs(second);
  }

  @Test
  void theGatesFollowTheSettings() {
    RateGate gate = rates.of(new RateSlot());
    assertThat(gate.take(1)).isEmpty();
    assertThat(gate.take(1)).isPresent();
    config.set(config.get().withRate(new RateSettings(RateKind.OFF, 1, 1)));
    assertThat(gate.take(1)).isEmpty();
  }
}
