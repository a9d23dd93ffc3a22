package dev.dailies.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dailies.contracts.event.Envelope;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

class ContractsTest {
  @Test
  void everyFieldOfEverySchemaIsDocumented() {
    Set<String> undocumented = new TreeSet<>();
    EventSchemas.types().forEach(t -> collect(SpecificData.get().getSchema(t), undocumented));
    assertThat(undocumented).isEmpty();
  }

  @Test
  void everyEventOfALogCarriesTheEnvelope() {
    EventSchemas.types().stream()
        .filter(t -> EventSchemas.topicOf(t).kind() == Topic.Kind.LOG)
        .map(t -> SpecificData.get().getSchema(t))
        .forEach(s ->
            assertThat(s.getField("envelope"))
                .as(s.getName())
                .extracting(Schema.Field::schema)
                .isEqualTo(Envelope.getClassSchema()));
  }

  @Test
  void everyTopicButTheSchemaTopicHasARecordType() {
    for (Topic topic : Topic.values()) {
      assertThat(EventSchemas.onTopic(topic).isEmpty())
          .as(topic.displayName())
          .isEqualTo(topic == Topic.SCHEMAS);
    }
  }

  @Test
  void jobsOfAPoolHaveOnePartitionAndANarrowName() {
    assertThat(Topic.jobs("local")).isEqualTo("render.jobs.local.v1");
    assertThat(Topic.shareGroup("local")).isEqualTo("render-workers.local");
    assertThat(Topic.RENDER_JOBS.partitions()).isEqualTo(1);
    assertThatThrownBy(() -> Topic.jobs("a.b")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(Topic.RENDER_JOBS::topicName).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void idsSortByBirthAndRefuseAnotherPrefix() {
    List<String> minted =
        IntStream.range(0, 1000).mapToObj(i -> GenerationId.mint().value()).toList();
    assertThat(minted).doesNotHaveDuplicates().allMatch(id -> id.matches("[A-Za-z0-9_]+"));
    assertThat(minted.stream().map(id -> id.substring(0, 16)).toList()).isSorted();
    assertThatThrownBy(() -> new GenerationId(RenderId.mint().value()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new GenerationId("video_../../etc"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void collect(Schema schema, Collection<String> undocumented) {
    switch (schema.getType()) {
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          if (field.doc() == null || field.doc().isBlank()) {
            undocumented.add(schema.getName() + "." + field.name());
          }
          collect(field.schema(), undocumented);
        }
      }
      case UNION -> schema.getTypes().forEach(s -> collect(s, undocumented));
      case ARRAY -> collect(schema.getElementType(), undocumented);
      default -> {}
    }
  }
}
