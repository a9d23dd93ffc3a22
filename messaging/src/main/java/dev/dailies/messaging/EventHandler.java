package dev.dailies.messaging;

import org.apache.avro.specific.SpecificRecord;

/**
 * Takes in one event. Is called once per event as far as the inbox can tell, but perhaps later than
 * events that followed it: what it does must lead to the same end in any order.
 *
 * @param <T> the type of the event
 */
@FunctionalInterface
public interface EventHandler<T extends SpecificRecord> {
  void on(T event, EventContext context);
}
