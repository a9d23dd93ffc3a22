/**
 * How a service speaks and listens on Kafka: a transactional outbox with its relay, an inbox, the
 * exchange of schemas, in-memory views of compacted topics, and dead letters.
 */
@NullMarked
package dev.dailies.messaging;

import org.jspecify.annotations.NullMarked;
