package dev.dailies.messaging;

import java.util.Optional;

/**
 * Where a record came from.
 *
 * @param topic its topic
 * @param key its key
 * @param workspace the workspace it belongs to; "system" for what belongs to none
 * @param id {@code ce_id} of an event; empty for the state of a compacted topic
 */
public record EventContext(String topic, String key, String workspace, Optional<String> id) {}
