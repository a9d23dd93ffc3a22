package dev.dailies.contracts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Avro's single-object encoding by any schema, as a producer of another build writes it. */
final class SingleObject {
  private SingleObject() {}

  static byte[] encode(Schema schema, Object value) throws IOException {
    return encode(schema, value, GenericData.get());
  }

  static byte[] encode(Schema schema, Object value, GenericData model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0xC3, 0x01});
    out.writeBytes(
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(EventSchemas.fingerprint(schema))
            .array());
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new GenericDatumWriter<>(schema, model).write(value, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
