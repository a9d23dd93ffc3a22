package dev.dailies.worker.endpoint;

import dev.dailies.worker.WorkerProperties;
import dev.dailies.worker.endpoint.openai.OpenAiVideos;
import dev.dailies.worker.flow.WorkerSignals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

/** The endpoint registry: from a file of its own, else from {@code dailies.registry.endpoints}. */
@Configuration(proxyBeanMethods = false)
class EndpointConfiguration {
  private static final Bindable<List<EndpointProperties>> ENTRIES =
      Bindable.listOf(EndpointProperties.class);

  @Bean
  EndpointRegistry endpointRegistry(WorkerProperties properties, Environment environment) {
    List<EndpointProperties> entries =
        properties
            .registryFile()
            .map(EndpointConfiguration::read)
            .orElseGet(() ->
                bind("dailies.registry.endpoints", Binder.get(environment), "the configuration"));
    return new EndpointRegistry(
        entries.stream()
            .map(EndpointProperties::definition)
            .map(definition -> new EndpointRegistry.Entry(definition, adapter(definition)))
            .toList());
  }

  private static ModelEndpoint adapter(EndpointDefinition definition) {
    Map<String, java.util.function.Function<EndpointDefinition, ModelEndpoint>> adapters =
        Map.of(OpenAiVideos.ADAPTER, OpenAiVideos::of);
    var make = adapters.get(definition.adapter());
    if (make == null) {
      throw new IllegalArgumentException(
          "%s: no adapter '%s'; there is %s"
              .formatted(definition.name(), definition.adapter(), adapters.keySet()));
    }
    return make.apply(definition);
  }

  private static List<EndpointProperties> read(Path file) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("DAILIES_ENDPOINTS names no readable file: " + file);
    }
    try {
      List<PropertySource<?>> sources =
          new YamlPropertySourceLoader().load("endpoints", new FileSystemResource(file));
      Binder binder = new Binder(ConfigurationPropertySources.from(sources));
      return bind("endpoints", binder, file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A key that is not known stops the start with its name. */
  private static List<EndpointProperties> bind(String key, Binder binder, String where) {
    List<EndpointProperties> entries =
        binder
            .bind(
                key,
                ENTRIES,
                new NoUnboundElementsBindHandler(
                    BindHandler.DEFAULT, new UnboundElementsSourceFilter()))
            .orElse(List.of());
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("no '" + key + "' in " + where);
    }
    return entries;
  }

  @Bean(initMethod = "", destroyMethod = "close")
  EndpointWatch endpointWatch(
      EndpointRegistry registry, WorkerProperties properties, WorkerSignals signals) {
    return new EndpointWatch(registry, properties.checkInterval(), signals.changed()::give);
  }
}
