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
 * @param animatic the one model endpoint of local mode
 * @param data the data folder, for what a service keeps on disk
 * @param media where ffmpeg is unpacked to, once for all runs
 */
record Wiring(
    String kafka,
    String databases,
    String databaseUser,
    String databasePassword,
    URI store,
    String storeAccessKey,
    String storeSecretKey,
    URI animatic,
    Path data,
    Path media) {

  /** The variables of one process. */
  Map<String, String> environment(Service service, String process, int port) {
    Map<String, String> variables = new LinkedHashMap<>(JvmOptions.environment());
    variables.put(service.variable("PORT"), String.valueOf(port));
    variables.put("DAILIES_BIND", "127.0.0.1");
    variables.put("SPRING_MAIN_BANNERMODE", "off");
    service.database().ifPresent(name -> wire(service, name, process, variables));
    String scratch = data.resolve("scratch").resolve(process).toString();
    switch (service) {
      case PROMPT -> {}
      case WORKER -> {
        variables.put("DAILIES_ANIMATIC", animatic.toString());
        variables.put("DAILIES_SCRATCH", scratch);
        // A person waits for Ctrl-C; what can't be handed over by then is resumed at the next
        // start.
        variables.put("DAILIES_DRAIN_BUDGET", "5s");
      }
      case ASSET, REVIEW -> variables.put(service.variable("SCRATCH"), scratch);
      case ANIMATIC -> variables.put(service.variable("DATA"), data.resolve("animatic").toString());
    }
    variables.put("DAILIES_MEDIA_CACHE", media.toString());
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
      case ANIMATIC -> {}
      case PROMPT, WORKER, ASSET, REVIEW -> {
        variables.put("DAILIES_S3_ENDPOINT", store.toString());
        variables.put("DAILIES_S3_ACCESS_KEY", storeAccessKey);
        variables.put("DAILIES_S3_SECRET_KEY", storeSecretKey);
      }
    }
  }
}
