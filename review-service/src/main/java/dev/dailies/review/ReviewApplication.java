package dev.dailies.review;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the review service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ReviewApplication {
  public static void main(String[] args) {
    SpringApplication.run(ReviewApplication.class, args);
  }
}
