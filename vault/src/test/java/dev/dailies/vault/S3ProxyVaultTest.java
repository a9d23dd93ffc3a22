package dev.dailies.vault;

import dev.dailies.testkit.TestStore;

/** The contract on S3Proxy, the store that Dailies brings along. */
class S3ProxyVaultTest extends AssetVaultContract {
  private static final String BUCKET = TestStore.shared().freshBucket();

  @Override
  Coordinates coordinates() {
    TestStore store = TestStore.shared();
    return new Coordinates(store.endpoint(), store.accessKey(), store.secretKey(), BUCKET);
  }
}
