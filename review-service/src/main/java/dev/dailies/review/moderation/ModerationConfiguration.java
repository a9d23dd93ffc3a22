package dev.dailies.review.moderation;

import dev.dailies.media.Scratch;
import dev.dailies.messaging.Outbox;
import dev.dailies.messaging.TraceParent;
import dev.dailies.review.board.Board;
import dev.dailies.vault.AssetVault;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class ModerationConfiguration {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  @Bean
  ModerationPolicy moderationPolicy(ModerationProperties properties, ResourceLoader resources)
      throws IOException {
    String place = properties.policy();
    try {
      return PolicyFile.read(
          resources
              .getResource(place.contains(":") ? place : "file:" + place)
              .getContentAsString(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The policy " + place + ": " + e.getMessage(), e);
    }
  }

  @Bean
  ModerationProvider ruleProvider(ModerationPolicy policy) {
    return new RuleProvider(policy.lists());
  }

  @Bean
  @ConditionalOnExpression("'${dailies.review.moderation.openai.endpoint:}' != ''")
  ModerationProvider openAiProvider(ModerationProperties properties, JsonMapper json)
      throws IOException {
    ModerationProperties.OpenAi openai = properties.openai();
    URI endpoint = URI.create(openai.endpoint());
    return new HttpOpenAiModerations(
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build(),
        endpoint,
        openai.keyFile().isBlank()
            ? openai.key()
            : Files.readString(Path.of(openai.keyFile())).strip(),
        openai.model(),
        openai.timeout(),
        json);
  }

  @Bean
  Panel panel(ModerationPolicy policy, ObjectProvider<ModerationProvider> providers) {
    return Panel.of(policy, providers.stream().toList());
  }

  @Bean
  WakeUp moderationWakeUp() {
    return new WakeUp();
  }

  @Bean
  DecisionLog decisionLog(
      JdbcClient jdbc, PlatformTransactionManager transactions, Outbox outbox, JsonMapper json) {
    return new JdbcDecisionLog(jdbc, new TransactionTemplate(transactions), outbox, json);
  }

  @Bean
  ModerationTasks moderationTasks(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      DecisionLog decisions,
      TraceParent trace,
      WakeUp wakeUp) {
    return new JdbcModerationTasks(
        jdbc, new TransactionTemplate(transactions), decisions, trace, wakeUp);
  }

  @Bean
  ModerationMeters moderationMeters(MeterRegistry registry) {
    return new ModerationMeters(registry);
  }

  @Bean
  DecideAsModerator decideAsModerator(
      Board board, DecisionLog decisions, ModerationPolicy policy, ModerationMeters meters) {
    return new DecideAsModerator(board, decisions, policy, meters);
  }

  @Bean
  Scratch scratch(ModerationProperties properties) throws IOException {
    return Scratch.open(properties.scratch(), 0);
  }

  @Bean
  JudgeAsset judgeAsset(
      Board board,
      AssetVault vault,
      ModerationPolicy policy,
      Panel panel,
      Scratch scratch,
      ModerationProperties properties) {
    return new JudgeAsset(
        board,
        new MediaFetch(vault),
        new FfmpegFrameSampler(properties.sampling()),
        policy,
        panel,
        scratch);
  }

  /** Judging begins when everything else has, and ends before anything it needs does. */
  @Bean
  SmartLifecycle judging(
      ModerationTasks tasks,
      JudgeAsset judge,
      Tracer tracer,
      Propagator propagator,
      ModerationMeters meters,
      WakeUp wakeUp,
      ModerationProperties properties) {
    return new JudgingListener(() ->
        new ModerationLoop(
            tasks,
            judge,
            new TracedWork(tracer, propagator),
            meters,
            wakeUp,
            properties.lease(),
            properties.concurrency()));
  }
}
