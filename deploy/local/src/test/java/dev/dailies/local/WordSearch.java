package dev.dailies.local;

import dev.dailies.contracts.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;

/** Looks for a word everywhere where Dailies keeps anything: in tables, topics and the bucket. */
final class WordSearch {
  private static final Duration LONGEST_STAY = Duration.ofHours(24);

  private final SharedStack stack;
  private final String word;
  private final String hex;

  WordSearch(SharedStack stack, String word) {
    this.stack = stack;
    this.word = word;
    this.hex = HexFormat.of().formatHex(word.getBytes(StandardCharsets.UTF_8));
  }

  /** Tables of all services that have the word in a row: as text, in JSON, or in bytes. */
  List<String> tables() throws SQLException {
    List<String> found = new ArrayList<>();
    for (Service service : Service.values()) {
      if (service.database().isEmpty()) {
        continue;
      }
      var server = stack.parts().database();
      String url = server.jdbcUrl(service.database().get());
      try (Connection connection =
          DriverManager.getConnection(url, server.user(), server.password())) {
        for (String table :
            texts(connection, "select tablename from pg_tables where schemaname = 'public'")) {
          String rows =
              "select ctid::text from \"%s\" t where t::text ~* '%s|%s' limit 1"
                  .formatted(table, word, hex);
          if (!texts(connection, rows).isEmpty()) {
            found.add(service.module() + "." + table);
          }
        }
      }
    }
    return found;
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  /** Topics that have the word in a key, a value or a header, once they are compacted. */
  List<String> topics() {
    PublishedEvents events = PublishedEvents.of(stack);
    Map<String, Config> configs = configs(events);
    return configs.keySet().stream()
        .filter(topic -> !shortLived(topic))
        .filter(topic -> standing(events, topic, configs).stream().anyMatch(this::holds))
        .toList();
  }

  /** Where the text of a request may be by rule: in jobs, and among what nobody could handle. */
  private static boolean shortLived(String topic) {
    return topic.startsWith("render.jobs.")
        || topic.equals(Topic.deadLetter(Topic.GENERATION_SPECS.topicName()));
  }

  /** Those of the topics with text that would keep it for longer than a day. */
  List<String> keptTooLong() {
    PublishedEvents events = PublishedEvents.of(stack);
    return configs(events).entrySet().stream()
        .filter(topic -> {
          if (shortLived(topic.getKey())) {
            return !within(topic.getValue(), "retention.ms");
          }
          return compacted(topic.getValue()) && !within(topic.getValue(), "max.compaction.lag.ms");
        })
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean within(Config config, String setting) {
    long millis = Long.parseLong(config.get(setting).value());
    return millis >= 0 && millis <= LONGEST_STAY.toMillis();
  }

  private static boolean compacted(Config config) {
    return config.get("cleanup.policy").value().contains("compact");
  }

  /** As compaction leaves it: the last record of each key, and nothing of a key that is gone. */
  private static Collection<ConsumerRecord<byte[], byte[]>> standing(
      PublishedEvents events, String topic, Map<String, Config> configs) {
    List<ConsumerRecord<byte[], byte[]>> all = events.read(topic);
    Config config = configs.get(topic);
    if (config == null || !compacted(config)) {
      return all;
    }
    Map<String, ConsumerRecord<byte[], byte[]>> last = new LinkedHashMap<>();
    all.forEach(record -> last.put(new String(record.key(), StandardCharsets.UTF_8), record));
    last.values().removeIf(record -> record.value() == null);
    return last.values();
  }

  private static Map<String, Config> configs(PublishedEvents events) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", events.bootstrapServers()))) {
      Map<String, Config> configs = new LinkedHashMap<>();
      admin
          .describeConfigs(
              events.topics().stream()
                  .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                  .toList())
          .all()
          .get()
          .forEach((topic, config) -> configs.put(topic.name(), config));
      return configs;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private boolean holds(ConsumerRecord<byte[], byte[]> record) {
    return Stream.concat(
            Stream.of(record.headers().toArray()).map(header -> header.value()),
            Stream.of(record.key() == null ? new byte[0] : record.key(), record.value()))
        .anyMatch(bytes -> bytes != null && holds(bytes));
  }

  private boolean holds(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(word);
  }

  /** Files of the store that have the word in their name or content. */
  List<Path> objects() {
    try (Stream<Path> files = Files.walk(stack.folder().resolve("data").resolve("store"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().contains(word) || inside(file))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean inside(Path file) {
    try {
      return holds(Files.readAllBytes(file));
    } catch (IOException gone) {
      return false;
    }
  }
}
