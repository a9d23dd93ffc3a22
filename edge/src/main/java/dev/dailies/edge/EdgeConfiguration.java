package dev.dailies.edge;

import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.AccessKey;
import dev.dailies.messaging.DatabaseSchema;
import dev.dailies.messaging.StateFeed;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
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
@Import({HttpErrorAdvice.class, FallbackErrorController.class})
public class EdgeConfiguration {
  /** Principals from {@code access.v1}, unless the service has the keys in its own database. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(KeyDirectory.class)
  static class TopicKeys {
    @Bean
    TopicKeyDirectory keyDirectory() {
      return new TopicKeyDirectory(Clock.systemUTC());
    }

    @Bean
    StateFeed accessFeed(TopicKeyDirectory directory) {
      StateFeed feed =
          StateFeed.of(Topic.ACCESS)
              .on(AccessKey.class, directory::learn)
              .onTombstone(directory::forget)
              .build();
      directory.follow(feed);
      return feed;
    }
  }

  @Bean
  HttpKeyCheck keyCheck(KeyDirectory keys) {
    return new HttpKeyCheck(keys);
  }

  @Bean
  WebMvcConfigurer edgeWebMvcConfigurer(KeyDirectory keys, DatabaseSchema schema) {
    HttpAccess access = new HttpAccess(keys, schema);
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

  /**
   * One spelling of names in all answers and requests: that of OpenAI's API, which we serve too.
   */
  @Bean
  JsonMapperBuilderCustomizer namesInSnakeCase() {
    return mapper -> mapper.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
  }

  @Bean
  WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> errorValve() {
    return factory -> factory.addContextCustomizers(HttpErrorValve::install);
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
