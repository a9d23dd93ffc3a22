package dev.dailies.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;
import org.springframework.web.servlet.resource.ResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/**
 * Serves a service's own description, {@code openapi.yaml} of its class path, to everybody: under
 * that name, and by the service's name for the one origin in front of all.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
  private static final Resource FILE = new ClassPathResource("openapi.yaml");

  @Bean
  ResourceHttpRequestHandler openApiFile() {
    ResourceHttpRequestHandler handler = new ResourceHttpRequestHandler();
    handler.setMediaTypes(Map.of("yaml", MediaType.parseMediaType("application/yaml")));
    handler.setResourceResolvers(List.of(new OneFile()));
    return handler;
  }

  @Bean
  SimpleUrlHandlerMapping openApiPaths(
      ResourceHttpRequestHandler openApiFile,
      @Value("${spring.application.name:service}") String service) {
    return new SimpleUrlHandlerMapping(
        Map.of("/openapi.yaml", openApiFile, "/openapi/" + service + ".yaml", openApiFile), 1);
  }

  private static final class OneFile implements ResourceResolver {
    @Override
    public @Nullable Resource resolveResource(
        @Nullable HttpServletRequest request,
        String path,
        List<? extends Resource> locations,
        ResourceResolverChain chain) {
      return FILE.exists() ? FILE : null;
    }

    @Override
    public @Nullable String resolveUrlPath(
        String path, List<? extends Resource> locations, ResourceResolverChain chain) {
      return null;
    }
  }
}
