package dev.dailies.messaging;

/** The place of an event among those of its producer and aggregate, from 1. */
record EventPosition(String source, String aggregate, String aggregateId, long sequence) {}
