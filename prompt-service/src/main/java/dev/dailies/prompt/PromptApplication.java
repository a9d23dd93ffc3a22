package dev.dailies.prompt;

import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The prompt-service: HTTP in, events and render jobs out. */
@SpringBootApplication
public class PromptApplication {
  public static void main(String[] args) {
    SpringApplication.run(PromptApplication.class, args);
  }

  /** Whole milliseconds, as events and the database keep them. */
  @Bean
  Clock clock() {
    return Clock.tickMillis(ZoneOffset.UTC);
  }
}
