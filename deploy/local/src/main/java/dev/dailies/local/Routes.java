package dev.dailies.local;

import java.util.List;
import java.util.Optional;

/**
 * Which service answers which path of the one origin: the same table that an ingress holds in a
 * cluster. The first line that matches wins.
 */
public final class Routes {
  /** The table, most particular first. */
  public static final List<Route> TABLE =
      List.of(
          new Route("/v1/videos/*/content", Service.ASSET),
          new Route("/api/assets/**", Service.ASSET),
          new Route("/api/references/**", Service.ASSET),
          new Route("/api/cameos/**", Service.ASSET),
          new Route("/api/exports/**", Service.ASSET),
          new Route("/api/reviews/**", Service.REVIEW),
          new Route("/api/moderation/**", Service.REVIEW),
          new Route("/s/**", Service.REVIEW),
          new Route("/callbacks/**", Service.WORKER),
          new Route("/openapi/asset-service.yaml", Service.ASSET),
          new Route("/openapi/review-service.yaml", Service.REVIEW),
          new Route("/openapi/prompt-service.yaml", Service.PROMPT),
          new Route("/v1/**", Service.PROMPT),
          new Route("/api/**", Service.PROMPT));

  private Routes() {}

  /** The service that answers the path; empty for a path that is nobody's. */
  public static Optional<Service> find(String path) {
    return TABLE.stream().filter(route -> route.matches(path)).map(Route::service).findFirst();
  }
}
