/** The servers that Dailies brings along for one machine: PostgreSQL, Kafka, an S3 store. */
@NullMarked
package dev.dailies.parts;

import org.jspecify.annotations.NullMarked;
