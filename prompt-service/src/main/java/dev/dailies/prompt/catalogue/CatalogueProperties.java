package dev.dailies.prompt.catalogue;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * Settings under {@code dailies.catalogue}.
 *
 * @param file the model catalogue, as a Spring resource: {@code classpath:} or {@code file:}
 */
@ConfigurationProperties(prefix = "dailies.catalogue", ignoreUnknownFields = false)
public record CatalogueProperties(@DefaultValue("classpath:models.yml") Resource file) {}
