package dev.dailies.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells a service where everything else is: the environment variables it is started with. The names
 * are those of the services' {@code application.yml}, as {@code deploy/ENVIRONMENT.md} lists them.
 *
 * @param kafka the broker's address, {@code host:port}
 * @param databases the address of a database, to be completed by its name
 * @param databaseUser who connects
 * @param databasePassword with what
 * @param store where the object store is
 * @param storeAccessKey its access key
 * @param storeSecretKey its secret key
 * @param endpoints the render-workers' registry of model endpoints
 * @param data the data folder, for what a service keeps on disk
 */
record Wiring(
    String kafka,
    String databases,
    String databaseUser,
    String databasePassword,
    URI store,
    String storeAccessKey,
    String storeSecretKey,
    Path endpoints,
    Path data) {

  /** The variables of one process. */
  Map<String, String> environment(Service service, String process, int port) {
    Map<String, String> variables = new LinkedHashMap<>(JvmOptions.environment());
    variables.put(service.variable("PORT"), String.valueOf(port));
    // Spring's own variable: loopback only, whatever a service's default is.
    variables.put("SERVER_ADDRESS", "127.0.0.1");
    service.database().ifPresent(name -> wire(service, name, process, variables));
    switch (service) {
      case PROMPT -> {}
      case WORKER -> variables.put("DAILIES_ENDPOINTS", endpoints.toString());
      case ASSET, REVIEW ->
          variables.put(
              service.variable("SCRATCH"), data.resolve("scratch").resolve(process).toString());
      case ANIMATIC -> variables.put(service.variable("DATA"), data.resolve("animatic").toString());
    }
    return variables;
  }

  private void wire(
      Service service, String databaseName, String process, Map<String, String> variables) {
    variables.put("DAILIES_KAFKA", kafka);
    // A name that outlives the process: its partitions are back at once after a restart.
    variables.put("DAILIES_INSTANCE", process);
    variables.put(service.variable("DB_URL"), databases + databaseName);
    variables.put(service.variable("DB_USER"), databaseUser);
    variables.put(service.variable("DB_PASSWORD"), databasePassword);
    switch (service) {
      case PROMPT, ANIMATIC -> {}
      case WORKER, ASSET, REVIEW -> {
        variables.put("DAILIES_S3_ENDPOINT", store.toString());
        variables.put("DAILIES_S3_ACCESS_KEY", storeAccessKey);
        variables.put("DAILIES_S3_SECRET_KEY", storeSecretKey);
      }
    }
  }
}
