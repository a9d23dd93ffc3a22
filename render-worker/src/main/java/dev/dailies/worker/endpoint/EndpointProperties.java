package dev.dailies.worker.endpoint;

import dev.dailies.contracts.event.Operation;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One entry of the endpoint registry, as it is written down. Lengths of models are in seconds,
 * prices an amount and a currency: {@code 0.10 USD}.
 *
 * @param operations what it can be asked to do, as contracts name it, in lower case
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
    @DefaultValue("generate") List<String> operations,
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
        operations.stream().map(this::operation).collect(Collectors.toSet()),
        slots,
        pollInterval,
        new EndpointDefinition.Timeouts(connectTimeout, submitTimeout, askTimeout, silenceTimeout),
        quietTime,
        lostAfter,
        longestRun,
        listsReferences,
        credential.filter(text -> !text.isBlank()).map(CredentialReference::parse));
  }

  private Operation operation(String word) {
    return Arrays.stream(Operation.values())
        .filter(known -> known != Operation.UNKNOWN)
        .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(name + ": there is no operation '" + word + "'"));
  }
}
