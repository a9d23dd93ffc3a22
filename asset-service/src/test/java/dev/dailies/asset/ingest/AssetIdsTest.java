package dev.dailies.asset.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.RenderId;
import org.junit.jupiter.api.Test;

class AssetIdsTest {
  @Test
  void follows_from_the_render_for_ever() {
    assertThat(AssetIds.of(new RenderId("rnd_01m86r9wn8s3yntgc8z8tb88nx")))
        .isEqualTo(AssetIds.of(new RenderId("rnd_01m86r9wn8s3yntgc8z8tb88nx")))
        .isEqualTo(new AssetId("ast_01m86r9wn8r9dfxdb1gymfw7fp"));
  }

  @Test
  void differs_between_renders_and_keeps_their_time() {
    RenderId one = RenderId.mint();
    RenderId two = RenderId.mint();
    assertThat(AssetIds.of(one)).isNotEqualTo(AssetIds.of(two));
    assertThat(AssetIds.of(one).value().substring(4, 14)).isEqualTo(one.value().substring(4, 14));
  }
}
