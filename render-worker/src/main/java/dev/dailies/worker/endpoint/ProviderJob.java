package dev.dailies.worker.endpoint;

import java.net.URI;

/**
 * Paid work as its server knows it. The exact origin is part of it: self-hosted servers keep jobs
 * in one process's memory, so another replica does not know the id.
 *
 * @param vendorId the id there
 * @param origin scheme, host and port that took the create
 */
public record ProviderJob(String vendorId, URI origin) {
  public ProviderJob {
    if (vendorId.isBlank() || vendorId.length() > 512) {
      throw new IllegalArgumentException("a provider's job id has 1 to 512 characters");
    }
  }
}
