package dev.dailies.parts;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The configuration of a single KRaft node that is small, loopback only and knows share groups. */
final class KafkaSettings {

  private KafkaSettings() {}

  static String properties(int port, int controllerPort, String logDir, Map<String, String> extra) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    settings.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("log.dirs", logDir);
    // Topics come from the Topic enum; a typo must not make one.
    settings.put("auto.create.topics.enable", "false");
    oneNode(settings);
    quickToReturn(settings);
    small(settings);
    settings.putAll(extra);
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + "=" + setting.getValue())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** Without these an internal topic waits for replicas that never come, share groups silently. */
  private static void oneNode(Map<String, String> settings) {
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
  }

  /** A killed broker may register again only when its last session has run out: 9 s by default. */
  private static void quickToReturn(Map<String, String> settings) {
    settings.put("broker.session.timeout.ms", "3000");
    settings.put("broker.heartbeat.interval.ms", "500");
  }

  /**
   * The defaults are meant for machines of their own: 50 partitions a topic, 128 MB to clean with.
   */
  private static void small(Map<String, String> settings) {
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("share.coordinator.state.topic.num.partitions", "4");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("group.coordinator.threads", "1");
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    settings.put("log.cleaner.dedupe.buffer.size", "8388608");
    settings.put("log.index.size.max.bytes", "1048576");
    settings.put("offsets.load.buffer.size", "1048576");
  }

  /**
   * Warnings of the broker go to one rolling file; what it says at start is of no use to anybody.
   */
  static String logging(String logFile) {
    return """
    status = error
    appender.file.type = RollingFile
    appender.file.name = file
    appender.file.fileName = %1$s
    appender.file.filePattern = %1$s.%%i
    appender.file.layout.type = PatternLayout
    appender.file.layout.pattern = %%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %%-5p [%%t] %%c{1} %%m%%n
    appender.file.policies.type = Policies
    appender.file.policies.size.type = SizeBasedTriggeringPolicy
    appender.file.policies.size.size = 10MB
    appender.file.strategy.type = DefaultRolloverStrategy
    appender.file.strategy.max = 3
    rootLogger.level = warn
    rootLogger.appenderRef.file.ref = file
    logger.server.name = kafka.server
    logger.server.level = info
    logger.config.name = org.apache.kafka.common.config
    logger.config.level = warn
    """
        .formatted(logFile);
  }
}
