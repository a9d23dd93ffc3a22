package dev.dailies.contracts;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** A value for any schema of ours: every field filled, the same at every run. */
final class SampleValues {
  private SampleValues() {}

  static Object of(Schema schema) {
    return of(schema, schema.getName(), 1);
  }

  private static Object of(Schema schema, String path, int seed) {
    return switch (schema.getType()) {
      case RECORD -> {
        GenericData.Record value = new GenericData.Record(schema);
        IntStream.range(0, schema.getFields().size())
            .forEach(i -> {
              Schema.Field field = schema.getFields().get(i);
              value.put(i, of(field.schema(), path + "." + field.name(), seed * 31 + i));
            });
        yield value;
      }
      case ARRAY -> {
        List<Object> two =
            List.of(
                of(schema.getElementType(), path + "[0]", seed + 1),
                of(schema.getElementType(), path + "[1]", seed + 2));
        yield new GenericData.Array<>(schema, two);
      }
      case UNION -> of(schema.getTypes().getLast(), path, seed);
      case ENUM ->
          new GenericData.EnumSymbol(
              schema,
              schema.getEnumSymbols().get(Math.floorMod(seed, schema.getEnumSymbols().size())));
      case STRING -> path;
      case LONG -> 1_700_000_000_000L + Math.floorMod(seed, 100_000);
      case INT -> Math.floorMod(seed, 10_000);
      case BOOLEAN -> seed % 2 == 0;
      case DOUBLE -> Math.floorMod(seed, 1000) / 8.0;
      case BYTES -> ByteBuffer.wrap(new byte[] {(byte) (seed & 0x7f), 2, 3});
      case MAP, FIXED, FLOAT, NULL ->
          throw new IllegalArgumentException("no record of ours holds a " + schema.getType());
    };
  }
}
