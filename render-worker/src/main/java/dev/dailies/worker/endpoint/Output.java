package dev.dailies.worker.endpoint;

import java.net.URI;

/**
 * One file of a result, as its server names it.
 *
 * @param index place among the outputs, from 0
 * @param address where it can be fetched; credentials go along only on the endpoint's own origin
 * @param contentType media type as told
 */
public record Output(int index, URI address, String contentType) {}
