package dev.dailies.prompt.access;

import java.time.Instant;

/** A workspace as its own people, and the operators of the installation, see it. */
record TenantView(String name, String title, boolean active, Instant createdAt) {
  static TenantView of(WorkspaceStore.Tenant tenant) {
    return new TenantView(
        tenant.name().value(), tenant.title(), tenant.active(), tenant.createdAt());
  }
}
