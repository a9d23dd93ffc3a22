package dev.dailies.prompt.generation;

import dev.dailies.contracts.ErrorCode;

/**
 * Why a request is not accepted.
 *
 * @param rule name of the rule that says no
 * @param message for people: what is wrong and what is possible
 * @param param the field at fault
 */
public record Refusal(String rule, ErrorCode code, String message, String param) {}
