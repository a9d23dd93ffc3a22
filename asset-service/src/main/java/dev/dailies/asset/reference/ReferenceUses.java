package dev.dailies.asset.reference;

import java.util.List;

/** Which unfinished generations need which references: those can't be deleted. */
interface ReferenceUses {
  void used(String generation, List<String> references);

  void ended(String generation);
}
