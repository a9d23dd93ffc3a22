package dev.dailies.review;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

@Configuration(proxyBeanMethods = false)
class ReviewConfiguration {
  @Bean
  Reasons reasons() throws IOException {
    try (var file = new ClassPathResource("reasons.yaml").getInputStream()) {
      Map<String, List<String>> lists =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
      return new Reasons(lists);
    }
  }
}
