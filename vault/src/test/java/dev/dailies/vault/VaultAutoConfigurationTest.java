package dev.dailies.vault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class VaultAutoConfigurationTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(VaultAutoConfiguration.class));

  @Test
  void starts_while_the_store_is_away() {
    runner
        .withPropertyValues(
            "dailies.vault.endpoint=http://127.0.0.1:1", "dailies.vault.public-endpoint=")
        .run(context -> {
          assertThat(context).hasNotFailed().hasSingleBean(AssetVault.class);
          assertThat(context.getBean(VaultProperties.class).publicEndpoint()).isEmpty();
          assertThat(context).hasBean("storeHealthIndicator");
        });
  }

  @Test
  void an_unknown_setting_stops_the_start() {
    runner
        .withPropertyValues("dailies.vault.buckett=x")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("dailies.vault.buckett"));
  }

  @Test
  void a_part_that_no_store_takes_stops_the_start() {
    runner
        .withPropertyValues("dailies.vault.part-size=1MB")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("dailies.vault.part-size"));
  }

  @Test
  void the_secret_is_never_shown() {
    runner
        .withPropertyValues("dailies.vault.secret-key=abracadabra")
        .run(context ->
            assertThat(context.getBean(VaultProperties.class).toString())
                .doesNotContain("abracadabra"));
  }
}
