package dev.dailies.prompt.access;

import java.util.List;

/** Where workspaces and keys are kept, and from where their changes are published. */
interface AccessRegister {
  /**
   * Makes the configured keys what these say: adds, changes, revokes. What is as it should be is
   * left alone, and not published again.
   */
  void configure(List<ConfiguredKey> keys);
}
