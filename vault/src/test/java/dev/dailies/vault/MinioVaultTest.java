package dev.dailies.vault;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dailies.testkit.RealMinio;
import org.junit.jupiter.api.DisplayName;

/** The contract on a real MinIO, where one is to be had. */
@DisplayName("AssetVaultContract on a real MinIO")
class MinioVaultTest extends AssetVaultContract {
  @Override
  Coordinates coordinates() {
    assumeThat(RealMinio.whyNot())
        .as("AssetVaultContract was not run on a real MinIO: %s", RealMinio.whyNot().orElse(""))
        .isEmpty();
    RealMinio minio = RealMinio.find().orElseThrow();
    return new Coordinates(minio.endpoint(), minio.accessKey(), minio.secretKey(), "contract");
  }
}
