package dev.dailies.animatic.server;

import dev.dailies.animatic.AnimaticProperties;
import dev.dailies.animatic.jobs.JobStore;
import dev.dailies.animatic.jobs.SweepJobs;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the wire together. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {
  @Bean
  ClipRequests clipRequests(AnimaticProperties properties) {
    return new ClipRequests(properties.models());
  }

  @Bean
  VideoViews videoViews(SweepJobs sweep, ObjectProvider<BuildProperties> build) {
    String version = build.stream().map(BuildProperties::getVersion).findFirst().orElse("dev");
    return new VideoViews(sweep, version);
  }

  @Bean
  HttpVideoAnswers httpVideoAnswers(VideoViews views, AnimaticProperties properties) {
    return new HttpVideoAnswers(views, properties.pollAfter());
  }

  @Bean
  SourceClips sourceClips(JobStore store) {
    return new SourceClips(store);
  }

  @Bean
  MissingLooks missingLooks() {
    return new MissingLooks();
  }

  @Bean
  @ConditionalOnExpression("!'${dailies.animatic.key}'.isBlank()")
  KeyFilter keyFilter(AnimaticProperties properties) {
    return new KeyFilter(properties.key());
  }

  @Bean
  WebServerFactoryCustomizer<TomcatWebServerFactory> connectionReset() {
    return factory -> factory.addEngineValves(new HttpConnectionReset());
  }
}
