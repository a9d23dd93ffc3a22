package dev.dailies.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {

  @ParameterizedTest
  @CsvSource({
    "/v1/videos, PROMPT",
    "/v1/videos/video_1, PROMPT",
    "/v1/videos/video_1/content, ASSET",
    "/v1/videos/video_1/content/more, PROMPT",
    "/v1/videos//content, PROMPT",
    "/v1/videos/content, PROMPT",
    "/v1/models, PROMPT",
    "/api/generations/video_1, PROMPT",
    "/api/generations/video_1/cancel, PROMPT",
    "/api/assets, ASSET",
    "/api/assets/asset_1/url, ASSET",
    "/api/assets-of-old, PROMPT",
    "/api/references, ASSET",
    "/api/cameos/x, ASSET",
    "/api/exports, ASSET",
    "/api/reviews/shots/s, REVIEW",
    "/api/moderation/held, REVIEW",
    "/s/abc, REVIEW",
    "/callbacks/animatic, WORKER",
    "/openapi/asset-service.yaml, ASSET",
    "/openapi/review-service.yaml, REVIEW",
    "/openapi/prompt-service.yaml, PROMPT",
  })
  void eachPathHasTheServiceOfTheDesign(String path, Service service) {
    assertThat(Routes.find(path)).contains(service);
  }

  @ParameterizedTest
  @CsvSource({"/", "/actuator/health", "/v2/videos", "/shots", "/v1x", "/internal/"})
  void otherPathsAreNobodys(String path) {
    assertThat(Routes.find(path)).isEmpty();
  }

  @Test
  void aPatternThatCannotMeanWhatItSaysIsRefused() {
    assertThatThrownBy(() -> new Route("api/**", Service.PROMPT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Route("/api/**/x", Service.PROMPT))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
