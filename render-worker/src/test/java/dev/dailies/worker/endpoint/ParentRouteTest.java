package dev.dailies.worker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.contracts.event.Operation;
import dev.dailies.contracts.event.RenderJob;
import dev.dailies.contracts.event.SpecificationForm;
import dev.dailies.worker.endpoint.openai.OpenAiVideos;
import dev.dailies.worker.fixture.Definitions;
import dev.dailies.worker.fixture.Jobs;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which of two endpoints with the same model may be asked. */
class ParentRouteTest {
  private static final Set<Operation> ALL =
      Set.of(Operation.GENERATE, Operation.REMIX, Operation.EDIT, Operation.EXTEND);

  private final EndpointDefinition one = named("one", ALL);
  private final EndpointDefinition two = named("two", ALL);
  private final EndpointDefinition plain = named("plain", Set.of(Operation.GENERATE));
  private final EndpointRegistry registry = registry(one, two, plain);

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void aFirstAttemptGoesHome() {
    for (Operation operation : List.of(Operation.REMIX, Operation.EDIT, Operation.EXTEND)) {
      RenderJob job = job(operation, "two", 1);
      assertThat(asked(job)).containsExactly("two");
      assertThat(ParentRoute.idAt(job, "two")).contains("video_7");
      assertThat(ParentRoute.idAt(job, "one")).isEmpty();
    }
  }

  @Test
  void anotherAttemptOfAnEditGoesAnywhereAndOfARemixStillHome() {
    assertThat(asked(job(Operation.EDIT, "two", 2))).containsExactly("one", "two");
    assertThat(ParentRoute.idAt(job(Operation.EDIT, "two", 2), "two")).isEmpty();
    assertThat(asked(job(Operation.REMIX, "two", 2))).containsExactly("two");
  }

  @Test
  void whatWasMadeWhereItCannotBeWorkedOnIsTakenAlong() {
    assertThat(asked(job(Operation.EXTEND, "plain", 1))).containsExactly("one", "two");
    assertThat(asked(job(Operation.EDIT, "gone", 1))).containsExactly("one", "two");
    assertThat(asked(job(Operation.REMIX, "plain", 1))).isEmpty();
    assertThat(ParentRoute.impossible(job(Operation.REMIX, "gone", 1), registry))
        .contains("parent_elsewhere");
    assertThat(ParentRoute.impossible(job(Operation.UPSCALE, "one", 1), registry))
        .contains("operation");
    assertThat(ParentRoute.impossible(job(Operation.EDIT, "gone", 1), registry)).isEmpty();
  }

  @Test
  void aNewVideoGoesAnywhere() {
    assertThat(asked(Jobs.job("pool"))).containsExactly("one", "two", "plain");
  }

  private List<String> asked(RenderJob job) {
    return registry.all().stream()
        .map(EndpointRegistry.Entry::definition)
        .filter(definition -> ParentRoute.mayGo(job, definition, registry))
        .map(EndpointDefinition::name)
        .toList();
  }

  private static RenderJob job(Operation operation, String home, int attempt) {
    RenderJob.Builder job = Jobs.builder("pool");
    return job.setForm(SpecificationForm.newBuilder(job.getForm()).setOperation(operation).build())
        .setAttempt(attempt)
        .setParentEndpoint(home)
        .setParentVendorId("video_7")
        .build();
  }

  private static EndpointRegistry registry(EndpointDefinition... definitions) {
    return new EndpointRegistry(
        List.of(definitions).stream()
            .map(d -> new EndpointRegistry.Entry(d, OpenAiVideos.of(d)))
            .toList());
  }

  private static EndpointDefinition named(String name, Set<Operation> operations) {
    EndpointDefinition like = Definitions.at(URI.create("http://127.0.0.1:1"));
    return new EndpointDefinition(
        name,
        like.address(),
        like.adapter(),
        like.profile(),
        like.models(),
        operations,
        like.slots(),
        like.pollInterval(),
        like.timeouts(),
        like.quietTime(),
        like.lostAfter(),
        like.longestRun(),
        like.listsReferences(),
        Optional.empty());
  }
}
