package dev.dailies.local;

import dev.dailies.contracts.EventCodec;
import dev.dailies.contracts.EventCodec.Decoded;
import dev.dailies.contracts.EventSchemas;
import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.GenerationCompleted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What stands on the broker, as anybody may read it. */
record PublishedEvents(String bootstrapServers) {
  static PublishedEvents of(SharedStack stack) {
    return new PublishedEvents(stack.parts().broker().bootstrapServers());
  }

  /**
   * How often each generation was told to be completed; a repeat of the same event is no second.
   */
  Map<String, Long> completions() {
    EventCodec codec = new EventCodec(new EventSchemas());
    Set<GenerationCompleted> events = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : read(Topic.GENERATION_EVENTS.topicName())) {
      if (codec.decode(record.value()) instanceof Decoded.Known(GenerationCompleted event)) {
        events.add(event);
      }
    }
    return events.stream()
        .collect(
            Collectors.groupingBy(e -> e.getEnvelope().getAggregateId(), Collectors.counting()));
  }

  /** Records that a consumer gave up on, over all topics. */
  List<String> parked() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      return consumer.listTopics().keySet().stream()
          .filter(topic -> topic.endsWith(Topic.DEAD_LETTER_SUFFIX))
          .filter(topic -> !read(topic).isEmpty())
          .toList();
    }
  }

  /** Every topic that holds anything of ours. */
  List<String> topics() {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      return consumer.listTopics().keySet().stream().filter(t -> !t.startsWith("__")).toList();
    }
  }

  /** All records of a topic, from the oldest to the one that is the newest now. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrapServers),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
