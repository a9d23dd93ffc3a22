package dev.dailies.prompt.feed;

import dev.dailies.prompt.generation.Feed;
import dev.dailies.prompt.generation.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the feed to the database and to those who watch. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FeedProperties.class)
class FeedConfiguration {
  @Bean
  FeedLog feedLog(JdbcClient jdbc, Transactions transactions) {
    return new JdbcFeedLog(jdbc, transactions);
  }

  @Bean
  Watchers watchers(FeedProperties properties) {
    return new Watchers(properties.watchers(), properties.buffer());
  }

  @Bean
  FeedMeters feedMeters(MeterRegistry registry, Watchers watchers) {
    return new FeedMeters(registry, watchers);
  }

  @Bean
  FeedTail feedTail(FeedLog feed, Watchers watchers, FeedProperties properties, FeedMeters meters) {
    return new FeedTail(feed, watchers, properties, meters::failedPass);
  }

  @Bean
  Feed feed(JdbcClient jdbc, FeedTail tail) {
    return new JdbcFeed(jdbc, tail::ring);
  }

  @Bean
  FollowFeed followFeed(
      FeedLog feed, Watchers watchers, FeedProperties properties, FeedMeters meters) {
    return new FollowFeed(feed, watchers, properties, meters::cutOff);
  }

  /** Stops before the web server does, which would wait for watchers who never leave. */
  @Bean
  SmartLifecycle feedLifecycle(FeedTail tail, Watchers watchers) {
    return new SmartLifecycle() {
      private volatile boolean running;

      @Override
      public void start() {
        tail.start();
        running = true;
      }

      @Override
      public void stop() {
        running = false;
        watchers.close();
        tail.close();
      }

      @Override
      public boolean isRunning() {
        return running;
      }
    };
  }
}
