package dev.dailies.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.contracts.EventCodec.Decoded;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.contracts.event.AssetViewable;
import dev.dailies.contracts.event.Envelope;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

class EventCodecTest {
  private static final GenericData MODEL =
      SpecificData.getForSchema(AssetViewable.getClassSchema());
  private static final AssetViewable EVENT =
      AssetViewable.newBuilder()
          .setEnvelope(
              Envelope.newBuilder()
                  .setAggregate("asset")
                  .setAggregateId("ast_1")
                  .setSequence(7)
                  .setWorkspace("local")
                  .setActor(new Actor(ActorKind.COMPONENT, "asset-service"))
                  .setOccurredAt(Instant.parse("2026-11-01T10:00:00Z"))
                  .build())
          .setAsset("ast_1")
          .setGeneration("video_1")
          .setSize(1234)
          .build();

  private final EventSchemas schemas = new EventSchemas();
  private final EventCodec codec = new EventCodec(schemas);

  @Test
  void anEventComesBackAsItWasWritten() {
    assertThat(codec.decode(EventCodec.encode(EVENT))).isEqualTo(new Decoded.Known(EVENT));
  }

  /** Poison must come out as a value: a consumer that throws an Error stands still. */
  @Test
  void whateverTheBytesHoldNothingIsThrown() throws IOException {
    Random random = new Random(20261124);
    for (Class<?> type : EventSchemas.types()) {
      Schema schema = SpecificData.get().getSchema(type);
      byte[] good = SingleObject.encode(schema, SampleValues.of(schema));
      assertThat(codec.decode(good)).isInstanceOf(Decoded.Known.class);
      for (int i = 0; i < 2_000; i++) {
        byte[] bad = spoilt(good, random);
        assertThat(codec.decode(bad)).isNotNull();
      }
    }
  }

  /** The fingerprint stays; behind it bytes change, are cut off, or claim a huge length. */
  private static byte[] spoilt(byte[] good, Random random) {
    int at = 10 + random.nextInt(good.length - 10);
    byte[] bad = Arrays.copyOf(good, random.nextInt(4) == 0 ? at : good.length);
    for (int i = at; i < bad.length && i < at + random.nextInt(8); i++) {
      bad[i] = (byte) (random.nextBoolean() ? 0xFE : random.nextInt());
    }
    return bad;
  }

  @Test
  void aNewerProducerIsReadOnceItsSchemaIsKnown() throws IOException {
    Schema newer = withOneMoreField(EVENT.getSchema());
    byte[] bytes = encode(newer);

    assertThat(codec.decode(bytes))
        .isEqualTo(new Decoded.UnknownSchema(EventSchemas.fingerprint(newer)));
    schemas.learn(newer);
    assertThat(codec.decode(bytes)).isEqualTo(new Decoded.Known(EVENT));
  }

  @Test
  void brokenBytesAreReportedAndDoNotThrow() {
    byte[] good = EventCodec.encode(EVENT);
    byte[] longer = new byte[good.length + 1];
    System.arraycopy(good, 0, longer, 0, good.length);
    byte[] shorter = new byte[good.length - 3];
    System.arraycopy(good, 0, shorter, 0, shorter.length);

    assertThat(codec.decode("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isInstanceOf(Decoded.Malformed.class);
    assertThat(codec.decode(longer)).isInstanceOf(Decoded.Malformed.class);
    assertThat(codec.decode(shorter)).isInstanceOf(Decoded.Malformed.class);
  }

  @Test
  void aTypeOfALaterBuildIsNamedAndNotRead() throws IOException {
    Schema later =
        Schema.createRecord(
            "AssetPainted",
            null,
            "dev.dailies.contracts.event",
            false,
            List.of(new Schema.Field("colour", Schema.create(Schema.Type.STRING))));
    schemas.learn(later);
    GenericRecord value = new GenericData.Record(later);
    value.put("colour", "blue");

    assertThat(codec.decode(SingleObject.encode(later, value, MODEL)))
        .isEqualTo(new Decoded.UnknownType("dev.dailies.contracts.event.AssetPainted"));
  }

  @Test
  void theSameEventHasTheSameIdAndAnotherOneHasNot() {
    EventHeaders first = EventHeaders.of("asset-service", EVENT);
    AssetViewable next = AssetViewable.newBuilder(EVENT).build();
    next =
        AssetViewable.newBuilder(next)
            .setEnvelope(Envelope.newBuilder(EVENT.getEnvelope()).setSequence(8).build())
            .build();

    assertThat(EventHeaders.of("asset-service", EVENT)).isEqualTo(first);
    assertThat(EventHeaders.of("asset-service", next).id()).isNotEqualTo(first.id());
    assertThat(EventHeaders.of("review-service", EVENT).id()).isNotEqualTo(first.id());
    assertThat(first.asMap())
        .containsEntry("ce_type", "dev.dailies.contracts.event.AssetViewable")
        .containsEntry("ce_subject", "ast_1")
        .containsEntry("workspace", "local");
  }

  private static Schema withOneMoreField(Schema schema) {
    List<Schema.Field> fields = new ArrayList<>();
    schema.getFields().forEach(f -> fields.add(new Schema.Field(f, f.schema())));
    fields.add(new Schema.Field("mood", Schema.create(Schema.Type.STRING), "new", "calm"));
    return Schema.createRecord(
        schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
  }

  private static byte[] encode(Schema newer) throws IOException {
    GenericRecord value = new GenericData.Record(newer);
    EVENT.getSchema().getFields().forEach(f -> value.put(f.name(), EVENT.get(f.pos())));
    value.put("mood", "stormy");
    return SingleObject.encode(newer, value, MODEL);
  }
}
