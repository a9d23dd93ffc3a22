package dev.dailies.vault;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dailies.testkit.Containers;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;

/** The contract on MinIO as its publisher packs it, where an engine is at hand: an extra. */
@DisplayName("AssetVaultContract on a MinIO container")
class MinioContainerVaultTest extends AssetVaultContract {
  @Override
  Coordinates coordinates() {
    assumeThat(Containers.whyNot())
        .as("AssetVaultContract was not run on a container: %s", Containers.whyNot().orElse(""))
        .isEmpty();
    var minio = Containers.minio();
    return new Coordinates(
        URI.create(minio.getS3URL()), minio.getUserName(), minio.getPassword(), "contract");
  }
}
