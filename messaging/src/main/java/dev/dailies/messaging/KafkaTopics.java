package dev.dailies.messaging;

import dev.dailies.contracts.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates what is missing of the topics, their dead-letter topics and the workers' share groups.
 */
final class KafkaTopics {
  private final short replication;
  private final List<String> pools;

  KafkaTopics(short replication, List<String> pools) {
    this.replication = replication;
    this.pools = List.copyOf(pools);
  }

  void ensure(Admin admin) throws ExecutionException, InterruptedException {
    for (var creation : admin.createTopics(wanted()).values().values()) {
      try {
        creation.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
    for (String pool : pools) {
      // A share group begins at the newest record unless told otherwise: jobs released before the
      // first worker came would never be handed out.
      ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, Topic.shareGroup(pool));
      admin
          .incrementalAlterConfigs(
              Map.of(
                  group,
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("share.auto.offset.reset", "earliest"),
                          AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  private List<NewTopic> wanted() {
    List<NewTopic> topics = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      List<String> names =
          topic == Topic.RENDER_JOBS
              ? pools.stream().map(Topic::jobs).toList()
              : List.of(topic.topicName());
      for (String name : names) {
        topics.add(newTopic(name, topic.partitions(), topic.settings()));
        if (topic.hasDeadLetters()) {
          topics.add(newTopic(Topic.deadLetter(name), 1, topic.deadLetterSettings()));
        }
      }
    }
    return topics;
  }

  private NewTopic newTopic(String name, int partitions, Map<String, String> settings) {
    return new NewTopic(
            name,
            Optional.of(partitions),
            replication < 0 ? Optional.empty() : Optional.of(replication))
        .configs(settings);
  }
}
