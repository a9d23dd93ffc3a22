package dev.dailies.vault;

/**
 * What a store says of an object without giving it.
 *
 * @param size length in bytes
 * @param contentType media type as told when it was stored
 */
public record ObjectStat(long size, String contentType) {}
