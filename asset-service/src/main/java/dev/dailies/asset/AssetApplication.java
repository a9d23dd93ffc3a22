package dev.dailies.asset;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Keeps, checks, labels and delivers the media. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AssetApplication {
  public static void main(String[] args) {
    SpringApplication.run(AssetApplication.class, args);
  }
}
