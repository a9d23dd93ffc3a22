package dev.dailies.contracts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes and reads records in Avro's single-object encoding: the bytes {@code C3 01}, the writer
 * schema's fingerprint in eight bytes little-endian, then the binary body.
 *
 * <p>Reading resolves the writer's schema against this build's own, so a producer may be newer or
 * older than its consumer.
 */
public final class EventCodec {
  private static final byte[] MARKER = {(byte) 0xC3, 0x01};
  private static final int HEADER_LENGTH = 10;

  private final EventSchemas schemas;

  public EventCodec(EventSchemas schemas) {
    this.schemas = schemas;
  }

  /** What reading some bytes gave. */
  public sealed interface Decoded {
    /** A record of a type this build knows. */
    record Known(SpecificRecord value) implements Decoded {}

    /** A readable record of a type that this build does not know: to be skipped and counted. */
    record UnknownType(String fullName) implements Decoded {}

    /** Written with a schema that nobody has told us of yet: to be waited for. */
    record UnknownSchema(long fingerprint) implements Decoded {}

    /** Not a record at all, or a broken one: to be parked. */
    record Malformed(String why) implements Decoded {}
  }

  /** Writes a record with its own schema. */
  public static byte[] encode(SpecificRecord value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    out.writeBytes(MARKER);
    out.writeBytes(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(EventSchemas.fingerprint(value.getSchema()))
            .array());
    try {
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      new SpecificDatumWriter<SpecificRecord>(
              value.getSchema(), SpecificData.getForClass(value.getClass()))
          .write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Reads a record; never throws for what the bytes may hold. */
  public Decoded decode(byte[] bytes) {
    if (bytes.length < HEADER_LENGTH || bytes[0] != MARKER[0] || bytes[1] != MARKER[1]) {
      return new Decoded.Malformed("not in Avro single-object encoding");
    }
    long fingerprint =
        ByteBuffer.wrap(bytes, MARKER.length, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
    Optional<Schema> writer = schemas.writer(fingerprint);
    if (writer.isEmpty()) {
      return new Decoded.UnknownSchema(fingerprint);
    }
    String name = writer.get().getFullName();
    Optional<Schema> reader = EventSchemas.reader(name);
    if (reader.isEmpty()) {
      return new Decoded.UnknownType(name);
    }
    try {
      BinaryDecoder decoder =
          DecoderFactory.get()
              .binaryDecoder(bytes, HEADER_LENGTH, bytes.length - HEADER_LENGTH, null);
      SpecificRecord value =
          new SpecificDatumReader<SpecificRecord>(
                  writer.get(), reader.get(), EventSchemas.data(name).orElseThrow())
              .read(null, decoder);
      if (!decoder.isEnd()) {
        return new Decoded.Malformed("bytes left over after a " + name);
      }
      return new Decoded.Known(value);
    } catch (IOException | RuntimeException e) {
      // Avro throws what it likes at bytes that claim nonsense.
      return new Decoded.Malformed("not a readable " + name + ": " + e.getMessage());
    }
  }
}
