package dev.dailies.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.contracts.EventCodec.Decoded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every schema that was ever released stands in {@code src/test/resources/history}, with the bytes
 * of a sample. Run with {@code -Dhistory.record=true} to add the next version of a changed schema.
 */
class SchemaHistoryTest {
  private static final Path HISTORY = Path.of("src/test/resources/history");
  private static final boolean RECORD = Boolean.getBoolean("history.record");

  static Stream<Class<? extends SpecificRecord>> types() {
    return EventSchemas.types().stream().sorted(Comparator.comparing(Class::getSimpleName));
  }

  @ParameterizedTest
  @MethodSource("types")
  void theNewestReleaseIsWhatThisBuildWrites(Class<? extends SpecificRecord> type)
      throws IOException {
    Schema current = SpecificData.get().getSchema(type);
    List<Path> released = releases(type.getSimpleName());
    if (RECORD && (released.isEmpty() || !read(released.getLast()).equals(current))) {
      record(type.getSimpleName(), released.size() + 1, current);
      released = releases(type.getSimpleName());
    }
    assertThat(released).as("released schemas of %s", type.getSimpleName()).isNotEmpty();
    assertThat(read(released.getLast()))
        .as("%s was changed: add its next version with -Dhistory.record=true", type.getSimpleName())
        .isEqualTo(current);
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyReleaseReadsEveryOther(Class<? extends SpecificRecord> type) throws IOException {
    List<Schema> all = new ArrayList<>();
    for (Path release : releases(type.getSimpleName())) {
      all.add(read(release));
    }
    all.add(SpecificData.get().getSchema(type));
    for (Schema reader : all) {
      for (Schema writer : all) {
        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult())
            .as("%s", type.getSimpleName())
            .extracting(result -> result.getCompatibility())
            .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void theBytesOfEveryReleaseAreStillWrittenAndRead(Class<? extends SpecificRecord> type)
      throws IOException {
    for (Path release : releases(type.getSimpleName())) {
      Schema writer = read(release);
      byte[] golden = HexFormat.of().parseHex(Files.readString(goldenOf(release)).strip());
      assertThat(SingleObject.encode(writer, SampleValues.of(writer)))
          .as("bytes of %s", release.getFileName())
          .isEqualTo(golden);

      EventSchemas schemas = new EventSchemas();
      schemas.learn(writer);
      Decoded decoded = new EventCodec(schemas).decode(golden);
      assertThat(decoded).as("%s", release.getFileName()).isInstanceOf(Decoded.Known.class);
      if (writer.equals(SpecificData.get().getSchema(type))) {
        assertThat(EventCodec.encode(((Decoded.Known) decoded).value())).isEqualTo(golden);
      }
    }
  }

  @Test
  void theHistoryHoldsNothingThatTravelsNoMore() throws IOException {
    try (Stream<Path> files = Files.list(HISTORY)) {
      assertThat(files.map(f -> f.getFileName().toString().split("\\.")[0]).distinct())
          .containsExactlyInAnyOrderElementsOf(types().map(Class::getSimpleName).toList());
    }
  }

  private static List<Path> releases(String name) throws IOException {
    if (!Files.isDirectory(HISTORY)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(HISTORY)) {
      return files
          .filter(f -> f.getFileName().toString().matches(name + "\\.v[0-9]+\\.avsc"))
          .sorted(Comparator.comparingInt(SchemaHistoryTest::versionOf))
          .toList();
    }
  }

  private static int versionOf(Path release) {
    return Integer.parseInt(release.getFileName().toString().split("\\.")[1].substring(1));
  }

  private static Path goldenOf(Path release) {
    return release.resolveSibling(release.getFileName().toString().replace(".avsc", ".hex"));
  }

  private static Schema read(Path release) throws IOException {
    return new Schema.Parser().parse(Files.readString(release));
  }

  private static void record(String name, int version, Schema schema) throws IOException {
    Files.createDirectories(HISTORY);
    Path release = HISTORY.resolve(name + ".v" + version + ".avsc");
    Files.writeString(release, schema.toString(true) + "\n", StandardCharsets.UTF_8);
    Files.writeString(
        goldenOf(release),
        HexFormat.of().formatHex(SingleObject.encode(schema, SampleValues.of(schema))) + "\n",
        StandardCharsets.UTF_8);
  }
}
