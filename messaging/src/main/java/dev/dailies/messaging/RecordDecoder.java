package dev.dailies.messaging;

import dev.dailies.contracts.EventCodec;
import dev.dailies.contracts.EventCodec.Decoded;
import dev.dailies.contracts.EventHeaders;
import dev.dailies.contracts.event.Envelope;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an event of a record, waiting for its schema where that has not been told yet. */
final class RecordDecoder {
  private static final Logger log = LoggerFactory.getLogger(RecordDecoder.class);

  private final EventCodec codec;
  private final SchemaExchange exchange;
  private final Duration schemaWait;
  private final MeterRegistry meters;

  RecordDecoder(
      EventCodec codec, SchemaExchange exchange, Duration schemaWait, MeterRegistry meters) {
    this.codec = codec;
    this.exchange = exchange;
    this.schemaWait = schemaWait;
    this.meters = meters;
  }

  /** Empty for a type that this build does not know. */
  Optional<SpecificRecord> decode(ConsumerRecord<byte[], byte[]> record) {
    Decoded decoded = codec.decode(record.value());
    if (decoded instanceof Decoded.UnknownSchema unknown) {
      decoded = decodeOnceTold(record, unknown.fingerprint());
    }
    return switch (decoded) {
      case Decoded.Known known -> Optional.of(known.value());
      case Decoded.UnknownType type -> {
        log.debug("Skipped a {} on {}: of a later build", type.fullName(), record.topic());
        yield Optional.empty();
      }
      case Decoded.UnknownSchema unknown ->
          throw new UnreadableRecord(
              "schema-unknown",
              "schema %016x was not told within %s".formatted(unknown.fingerprint(), schemaWait));
      case Decoded.Malformed malformed -> throw new UnreadableRecord("malformed", malformed.why());
    };
  }

  private Decoded decodeOnceTold(ConsumerRecord<byte[], byte[]> record, long fingerprint) {
    log.warn(
        "Offset {} of {}-{} waits for schema {}",
        record.offset(),
        record.topic(),
        record.partition(),
        "%016x".formatted(fingerprint));
    meters.counter(MessagingMeters.SCHEMA_WAITS.getName(), "topic", record.topic()).increment();
    try {
      exchange.await(fingerprint, schemaWait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientFailure("stopped while waiting for a schema", e);
    }
    return codec.decode(record.value());
  }

  /** Where the event stands in its aggregate; empty for what carries no sequence. */
  static Optional<EventPosition> position(
      ConsumerRecord<byte[], byte[]> record, Optional<SpecificRecord> value) {
    Optional<String> source = header(record, EventHeaders.SOURCE);
    Optional<EventPosition> byEnvelope =
        value
            .flatMap(RecordDecoder::envelope)
            .map(e ->
                new EventPosition(
                    source.orElse("/unknown"),
                    e.getAggregate(),
                    e.getAggregateId(),
                    e.getSequence()));
    return byEnvelope.or(() -> source.flatMap(s -> positionByHeaders(record, s)));
  }

  private static Optional<EventPosition> positionByHeaders(
      ConsumerRecord<byte[], byte[]> record, String source) {
    Optional<String> aggregate = header(record, EventHeaders.AGGREGATE);
    Optional<String> subject = header(record, EventHeaders.SUBJECT);
    Optional<String> sequence =
        header(record, EventHeaders.SEQUENCE).filter(s -> s.matches("[0-9]{1,18}"));
    return aggregate.isPresent() && subject.isPresent() && sequence.isPresent()
        ? Optional.of(
            new EventPosition(
                source, aggregate.get(), subject.get(), Long.parseLong(sequence.get())))
        : Optional.empty();
  }

  static EventContext context(
      ConsumerRecord<byte[], byte[]> record, Optional<SpecificRecord> value) {
    return new EventContext(
        record.topic(),
        record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8),
        value
            .flatMap(RecordDecoder::envelope)
            .map(Envelope::getWorkspace)
            .or(() -> header(record, EventHeaders.WORKSPACE))
            .orElse("system"),
        header(record, EventHeaders.ID));
  }

  private static Optional<Envelope> envelope(SpecificRecord value) {
    Schema.Field field = value.getSchema().getField("envelope");
    return field != null && value.get(field.pos()) instanceof Envelope envelope
        ? Optional.of(envelope)
        : Optional.empty();
  }

  private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }
}
