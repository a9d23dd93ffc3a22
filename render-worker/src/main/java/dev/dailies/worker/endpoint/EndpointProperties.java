package dev.dailies.worker.endpoint;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One entry of the endpoint registry, as it is written down. Lengths of models are in seconds,
 * prices an amount and a currency: {@code 0.10 USD}.
 *
 * @param listsReferences whether its listing can be asked by client reference and is complete; a
 *     lost create can only then be proven absent
 * @param credential {@code env:NAME} or {@code file:/path}
 */
record EndpointProperties(
    String name,
    URI address,
    @DefaultValue("openai-videos") String adapter,
    @DefaultValue("generic") String profile,
    List<Model> models,
    int slots,
    @DefaultValue("1s") Duration pollInterval,
    @DefaultValue("2s") Duration connectTimeout,
    @DefaultValue("30s") Duration submitTimeout,
    @DefaultValue("10s") Duration askTimeout,
    @DefaultValue("30s") Duration silenceTimeout,
    @DefaultValue("30s") Duration quietTime,
    @DefaultValue("30s") Duration lostAfter,
    @DefaultValue("30m") Duration longestRun,
    @DefaultValue("false") boolean listsReferences,
    Optional<String> credential) {

  /** A model at an endpoint. Without sizes or lengths it takes any. */
  record Model(
      String name,
      @DefaultValue List<String> sizes,
      @DefaultValue List<BigDecimal> lengths,
      @DefaultValue("true") boolean sound,
      Optional<String> pricePerSecond) {
    ModelOffer offer() {
      return new ModelOffer(
          name,
          sizes.stream().map(FrameSize::parse).toList(),
          lengths.stream()
              .map(seconds -> Duration.ofMillis(seconds.movePointRight(3).longValueExact()))
              .toList(),
          sound,
          pricePerSecond.map(Charge::parse));
    }
  }

  EndpointDefinition definition() {
    return new EndpointDefinition(
        name,
        address,
        adapter,
        profile,
        models.stream().map(Model::offer).toList(),
        slots,
        pollInterval,
        new EndpointDefinition.Timeouts(connectTimeout, submitTimeout, askTimeout, silenceTimeout),
        quietTime,
        lostAfter,
        longestRun,
        listsReferences,
        credential.filter(text -> !text.isBlank()).map(CredentialReference::parse));
  }
}
