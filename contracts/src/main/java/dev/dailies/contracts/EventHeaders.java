package dev.dailies.contracts;

import dev.dailies.contracts.event.Envelope;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * The CloudEvents attributes of an event, as Kafka headers in binary mode.
 *
 * <p>{@code ce_id} is a hash over producer, aggregate, sequence and type: publishing an event again
 * gives the same id, so a consumer can tell a repeat from a new event.
 *
 * <p>Source: CloudEvents 1.0.2, Kafka protocol binding.
 */
public record EventHeaders(
    String id,
    String type,
    String source,
    String subject,
    String time,
    String workspace,
    String aggregate,
    long sequence) {
  public static final String ID = "ce_id";
  public static final String TYPE = "ce_type";
  public static final String SOURCE = "ce_source";
  public static final String SUBJECT = "ce_subject";
  public static final String TIME = "ce_time";
  public static final String SPEC_VERSION = "ce_specversion";

  /**
   * Kind of the aggregate; with source, subject and sequence a reader sees a gap without the body.
   */
  public static final String AGGREGATE = "ce_aggregate";

  /** Place among the events of the aggregate, from 1. */
  public static final String SEQUENCE = "ce_sequence";

  public static final String CONTENT_TYPE = "content-type";
  public static final String WORKSPACE = "workspace";
  public static final String TRACE_PARENT = "traceparent";
  public static final String AVRO = "application/vnd.apache.avro.single-object";

  /** The headers of an event that carries an envelope. */
  public static EventHeaders of(String producer, SpecificRecord event) {
    Schema.Field field = event.getSchema().getField("envelope");
    if (field == null || !(event.get(field.pos()) instanceof Envelope envelope)) {
      throw new IllegalArgumentException(event.getSchema().getFullName() + " has no envelope");
    }
    String type = event.getSchema().getFullName();
    return new EventHeaders(
        deriveId(
            producer,
            envelope.getAggregate() + "/" + envelope.getAggregateId(),
            envelope.getSequence(),
            type),
        type,
        "/" + producer,
        envelope.getAggregateId(),
        envelope.getOccurredAt().toString(),
        envelope.getWorkspace(),
        envelope.getAggregate(),
        envelope.getSequence());
  }

  /** The id of an event: the same inputs give the same id, for ever. */
  public static String deriveId(String producer, String aggregate, long sequence, String type) {
    byte[] hash = Sha256.of(String.join("\n", producer, aggregate, Long.toString(sequence), type));
    return HexFormat.of().formatHex(hash, 0, 16);
  }

  /** Names and values, in the order in which they are written. */
  public Map<String, String> asMap() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(SPEC_VERSION, "1.0");
    headers.put(ID, id);
    headers.put(TYPE, type);
    headers.put(SOURCE, source);
    headers.put(SUBJECT, subject);
    headers.put(TIME, time);
    headers.put(CONTENT_TYPE, AVRO);
    headers.put(WORKSPACE, workspace);
    headers.put(AGGREGATE, aggregate);
    headers.put(SEQUENCE, Long.toString(sequence));
    return headers;
  }
}
