package dev.dailies.vault;

import io.minio.Http;
import io.minio.MinioAsyncClient;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** Makes clients that wait as long as the properties say, and no longer. */
final class MinioClients {
  // Overload and a gateway's hiccup; anything else is the caller's to repeat.
  private static final Set<Integer> WORTH_REPEATING = Set.of(502, 503);

  private MinioClients() {}

  static MinioAsyncClient connect(VaultProperties properties, URI endpoint) {
    Dispatcher dispatcher =
        new Dispatcher(
            Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("dailies-vault-", 0).factory()));
    // The default of five calls per host would let five slow readers stop everybody else.
    dispatcher.setMaxRequests(1024);
    dispatcher.setMaxRequestsPerHost(1024);
    OkHttpClient http =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectTimeout(properties.connectTimeout())
            .readTimeout(properties.timeout())
            .writeTimeout(properties.timeout())
            .addInterceptor(new Http.StatusRetryInterceptor(WORTH_REPEATING, 100, 3))
            .build();
    return MinioAsyncClient.builder()
        .endpoint(HttpUrl.get(endpoint.toString()))
        // Told, so that the client does not ask the store for it first.
        .region(properties.region())
        .credentials(properties.accessKey(), properties.secretKey())
        .httpClient(http, true)
        .build();
  }
}
