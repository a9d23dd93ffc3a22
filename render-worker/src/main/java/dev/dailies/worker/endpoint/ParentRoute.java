package dev.dailies.worker.endpoint;

import dev.dailies.contracts.event.Operation;
import dev.dailies.contracts.event.RenderJob;
import java.util.Optional;

/**
 * Where work on another video may go. It goes to the endpoint that made that one, which knows it by
 * its id. An edit or an extension that failed there, or whose home is not among ours, takes the
 * stored video along instead, to any endpoint; a remix has nothing to take along.
 */
public final class ParentRoute {
  private ParentRoute() {}

  /** Whether this endpoint may be asked. */
  public static boolean mayGo(
      RenderJob job, EndpointDefinition definition, EndpointRegistry registry) {
    if (!definition.offers(operation(job))) {
      return false;
    }
    return switch (operation(job)) {
      case EDIT, EXTEND ->
          !goesHome(job, registry) || home(job).filter(definition.name()::equals).isPresent();
      case REMIX -> home(job).filter(definition.name()::equals).isPresent();
      case UNKNOWN, GENERATE, INTERPOLATE, LOOP, UPSCALE, RECUT ->
          home(job).filter(home -> !home.equals(definition.name())).isEmpty();
    };
  }

  /** The parent's id, where this endpoint is to be asked by it. */
  public static Optional<String> idAt(RenderJob job, String endpoint) {
    boolean byId =
        switch (operation(job)) {
          case EDIT, EXTEND -> job.getAttempt() == 1;
          case REMIX -> true;
          case UNKNOWN, GENERATE, INTERPOLATE, LOOP, UPSCALE, RECUT -> false;
        };
    return byId && home(job).filter(endpoint::equals).isPresent()
        ? job.getParentVendorId()
        : Optional.empty();
  }

  /** Why no endpoint of ours will ever do it, as a code. */
  public static Optional<String> impossible(RenderJob job, EndpointRegistry registry) {
    if (operation(job) == Operation.GENERATE) {
      return Optional.empty();
    }
    if (registry.all().stream().noneMatch(entry -> entry.definition().offers(operation(job)))) {
      return Optional.of("operation");
    }
    return registry.all().stream().noneMatch(entry -> mayGo(job, entry.definition(), registry))
        ? Optional.of("parent_elsewhere")
        : Optional.empty();
  }

  private static boolean goesHome(RenderJob job, EndpointRegistry registry) {
    return job.getAttempt() == 1
        && job.getParentVendorId().isPresent()
        && home(job)
            .flatMap(registry::find)
            .map(EndpointRegistry.Entry::definition)
            .filter(home -> home.offers(operation(job)))
            .filter(home -> home.offer(job.getEndpointModel()).isPresent())
            .isPresent();
  }

  private static Optional<String> home(RenderJob job) {
    return job.getParentEndpoint();
  }

  private static Operation operation(RenderJob job) {
    return job.getForm().getOperation();
  }
}
