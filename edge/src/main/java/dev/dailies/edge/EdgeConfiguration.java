package dev.dailies.edge;

import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.AccessKey;
import dev.dailies.contracts.event.AccessMember;
import dev.dailies.contracts.event.Workspace;
import dev.dailies.messaging.DatabaseSchema;
import dev.dailies.messaging.StateFeed;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.PropertyNamingStrategies;

/**
 * Puts authentication, authorisation, names in snake case and the error shapes before a service's
 * controllers.
 */
@AutoConfiguration(
    beforeName = {
      "org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration",
      "dev.dailies.messaging.MessagingConfiguration"
    })
@EnableConfigurationProperties({OidcProperties.class, RateLimitProperties.class})
@Import({
  HttpErrorAdvice.class,
  FallbackErrorController.class,
  HttpBodyLimit.class,
  OpenApiConfiguration.class
})
public class EdgeConfiguration {
  /** Principals from {@code access.v1}, unless the service has the keys in its own database. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(KeyDirectory.class)
  static class TopicKeys {
    @Bean
    TopicKeyDirectory keyDirectory() {
      return new TopicKeyDirectory(Clock.systemUTC(), new TopicMembers());
    }

    @Bean
    StateFeed accessFeed(TopicKeyDirectory directory) {
      StateFeed feed =
          StateFeed.of(Topic.ACCESS)
              .on(AccessKey.class, directory::learn)
              .on(AccessMember.class, directory::learn)
              .on(Workspace.class, directory::learn)
              .onTombstone(directory::forget)
              .build();
      directory.follow(feed);
      return feed;
    }
  }

  @Bean
  HttpCallers callers(KeyDirectory keys, OidcProperties oidc) {
    return new HttpCallers(keys, oidc);
  }

  @Bean
  AccessHealthIndicator accessHealthIndicator(KeyDirectory keys) {
    return new AccessHealthIndicator(keys);
  }

  @Bean
  HttpKeyCheck keyCheck(HttpCallers callers) {
    return new HttpKeyCheck(callers);
  }

  @Bean
  HttpAuthentication authentication(HttpCallers callers, RateLimitProperties limits) {
    return new HttpAuthentication(
        callers, new Guessing(limits.failuresPerMinute(), TimeMeter.SYSTEM_NANOTIME));
  }

  @Bean
  WebMvcConfigurer edgeWebMvcConfigurer(
      HttpAuthentication authentication, RateLimitProperties limits, DatabaseSchema schema) {
    HttpAccess access =
        new HttpAccess(
            authentication,
            new HttpRateLimit(
                new RequestRates(limits.requestsPerMinute(), TimeMeter.SYSTEM_NANOTIME)),
            schema);
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(access);
      }

      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(access);
      }
    };
  }

  @Bean
  WebMvcRegistrations exactPaths() {
    return new WebMvcRegistrations() {
      @Override
      public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new HttpExactPaths();
      }
    };
  }

  /**
   * One spelling of names in all answers and requests: that of OpenAI's API, which we serve too.
   */
  @Bean
  JsonMapperBuilderCustomizer namesInSnakeCase() {
    return mapper -> mapper.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
  }

  /** Behind the filter that begins the trace, which is the first of all. */
  @Bean
  FilterRegistrationBean<HttpRequestId> requestId() {
    FilterRegistrationBean<HttpRequestId> filter =
        new FilterRegistrationBean<>(new HttpRequestId());
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    filter.setAsyncSupported(true);
    return filter;
  }

  /** Which of two values is meant can't be told, and two readers may tell it differently. */
  @Bean
  JsonMapperBuilderCustomizer noFieldTwice() {
    return mapper -> mapper.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
  }

  @Bean
  WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> errorValve() {
    return factory -> factory.addContextCustomizers(HttpErrorValve::install);
  }

  /** Who stops in mid-request holds a connection for so long, not for Tomcat's minute. */
  @Bean
  WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> impatience() {
    return factory ->
        factory.addConnectorCustomizers(connector -> {
          connector.setProperty("connectionTimeout", "20000");
          connector.setProperty("keepAliveTimeout", "60000");
        });
  }

  /** A route that forgot to say who may call it is found at the start, not by an attacker. */
  @Bean
  SmartInitializingSingleton everyRouteSaysWhoMayCallIt(
      List<RequestMappingHandlerMapping> mappings) {
    return () -> {
      for (RequestMappingHandlerMapping mapping : mappings) {
        for (HandlerMethod method : mapping.getHandlerMethods().values()) {
          boolean ours = method.getBeanType().getPackageName().startsWith("dev.dailies.");
          if (ours
              && method.getBeanType() != FallbackErrorController.class
              && HttpAccess.allowOf(method).isEmpty()) {
            throw new IllegalStateException(method.getShortLogMessage() + " has no @Allow");
          }
        }
      }
    };
  }
}
