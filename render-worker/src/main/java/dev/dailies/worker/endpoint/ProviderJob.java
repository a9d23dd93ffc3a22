package dev.dailies.worker.endpoint;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Paid work as its server knows it. The exact origin is part of it: self-hosted servers keep jobs
 * in one process's memory, so another replica does not know the id.
 *
 * @param vendorId the id there
 * @param origin scheme, host and port that took the create
 */
public record ProviderJob(String vendorId, URI origin) {
  private static final Pattern VISIBLE = Pattern.compile("[!-~]{1,512}");

  public ProviderJob {
    if (!usable(vendorId)) {
      throw new IllegalArgumentException(
          "a provider's job id has 1 to 512 visible ASCII characters");
    }
  }

  /**
   * Whether it can be the id of a job: kept in a database, put into a path. What is none must be
   * met where it is read, or the paid work behind it would be stuck.
   */
  public static boolean usable(String vendorId) {
    return VISIBLE.matcher(vendorId).matches() && !vendorId.equals(".") && !vendorId.equals("..");
  }
}
