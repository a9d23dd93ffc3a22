package dev.dailies.animatic;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the animatic endpoint. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AnimaticApplication {
  /** Takes Spring's command line options. */
  public static void main(String[] arguments) {
    SpringApplication.run(AnimaticApplication.class, arguments);
  }
}
