package dev.dailies.prompt.catalogue;

import java.io.IOException;
import java.io.InputStream;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the catalogue at the start: a wrong one stops the service, with the place named. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CatalogueProperties.class)
class CatalogueConfiguration {
  @Bean
  Catalogue catalogue(CatalogueProperties properties) throws IOException {
    try (InputStream yaml = properties.file().getInputStream()) {
      return CatalogueFile.read(yaml, properties.file().getDescription());
    }
  }
}
