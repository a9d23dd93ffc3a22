package dev.dailies.worker.endpoint;

import dev.dailies.contracts.FailureKind;
import java.util.Optional;

/**
 * One file that the server made but does not hand out.
 *
 * @param index place among the outputs, from 0
 */
public record Withheld(int index, FailureKind kind, Optional<String> vendorCode) {}
