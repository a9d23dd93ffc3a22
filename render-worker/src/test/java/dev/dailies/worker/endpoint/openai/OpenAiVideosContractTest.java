package dev.dailies.worker.endpoint.openai;

import dev.dailies.worker.endpoint.ClientReference;
import dev.dailies.worker.endpoint.ModelEndpoint;
import dev.dailies.worker.endpoint.ModelEndpointContract;
import dev.dailies.worker.fixture.Definitions;
import dev.dailies.worker.fixture.FakeModelServer;
import dev.dailies.worker.fixture.Jobs;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

class OpenAiVideosContractTest extends ModelEndpointContract {
  private final FakeModelServer server = FakeModelServer.start();
  private final ModelEndpoint endpoint = OpenAiVideos.of(Definitions.at(server.address()));

  @AfterEach
  void close() {
    endpoint.close();
    server.close();
  }

  @Override
  protected ModelEndpoint endpoint() {
    return endpoint;
  }

  @Override
  protected String model() {
    return Jobs.MODEL;
  }

  @Override
  protected long paid(ClientReference reference) {
    return server.paid(reference.value());
  }

  @Override
  protected void renderSlowly() {
    server.renderTime(Duration.ofMinutes(10));
  }
}
