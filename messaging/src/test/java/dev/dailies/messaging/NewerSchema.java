package dev.dailies.messaging;

import dev.dailies.contracts.EventSchemas;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.contracts.event.Envelope;
import dev.dailies.contracts.event.GenerationErased;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;

/** Events as a producer writes them whose schema has one more field than ours. */
final class NewerSchema {
  private NewerSchema() {}

  static GenerationErased erased(String generation, long sequence) {
    return new GenerationErased(
        Envelope.newBuilder()
            .setAggregate("generation")
            .setAggregateId(generation)
            .setSequence(sequence)
            .setWorkspace("local")
            .setActor(new Actor(ActorKind.COMPONENT, "prompt-service"))
            .setOccurredAt(Instant.parse("2026-11-01T10:00:00Z"))
            .build());
  }

  static Schema of(Schema schema) {
    return of(schema, "mood");
  }

  static Schema of(Schema schema, String added) {
    List<Schema.Field> fields = new ArrayList<>();
    schema.getFields().forEach(f -> fields.add(new Schema.Field(f, f.schema())));
    fields.add(new Schema.Field(added, Schema.create(Schema.Type.STRING), "new", "calm"));
    return Schema.createRecord(
        schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
  }

  static byte[] encode(Schema newer, GenerationErased event) {
    GenericRecord value = new GenericData.Record(newer);
    newer
        .getFields()
        .forEach(f -> {
          Schema.Field ours = event.getSchema().getField(f.name());
          value.put(f.name(), ours == null ? "stormy" : event.get(ours.pos()));
        });
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0xC3, 0x01});
    out.writeBytes(
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(EventSchemas.fingerprint(newer))
            .array());
    try {
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      new GenericDatumWriter<GenericRecord>(newer, SpecificData.getForSchema(event.getSchema()))
          .write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
