package dev.dailies.vault;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dailies.testkit.Containers;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;

/** The contract on MinIO as its publisher packs it, where an engine is at hand: an extra. */
@DisplayName("AssetVaultContract on a MinIO container")
class MinioContainerVaultTest extends AssetVaultContract {
  @Override
  Coordinates coordinates() {
    Optional<String> whyNot = Containers.whyNot("minio");
    assumeThat(whyNot)
        .as("AssetVaultContract was not run on a container: %s", whyNot.orElse(""))
        .isEmpty();
    var minio = Containers.minio();
    return new Coordinates(
        URI.create(minio.getS3URL()), minio.getUserName(), minio.getPassword(), "contract");
  }
}
