package dev.dailies.asset.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.asset.AssetServiceFixture;
import dev.dailies.asset.Clips;
import dev.dailies.asset.Told;
import dev.dailies.asset.Told.Take;
import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.AssetObject;
import dev.dailies.contracts.event.AssetReady;
import dev.dailies.contracts.event.AssetRejected;
import dev.dailies.contracts.event.AssetSurplus;
import dev.dailies.contracts.event.AssetVariant;
import dev.dailies.contracts.event.AssetViewable;
import dev.dailies.contracts.event.AssetWithheld;
import dev.dailies.contracts.event.AudioMode;
import dev.dailies.contracts.event.ModerationOutcome;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.contracts.event.TechnicalFinding;
import dev.dailies.media.Ffprobe;
import dev.dailies.media.MediaProbe;
import dev.dailies.media.ProbeOutcome;
import dev.dailies.testkit.TestStore;
import dev.dailies.vault.ObjectKey;
import dev.dailies.vault.VaultObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of renders come in, assets and events go out. */
class IngestTest extends AssetServiceFixture {
  @TempDir Path folder;

  @Test
  void a_result_becomes_an_asset_in_all_its_forms_each_marked() throws Exception {
    Take take = Take.fresh();
    byte[] clip = Clips.moving(1);
    TOLD.say(take, Told.completed(take, master(take, clip), 1, AudioMode.FULL));

    AssetReady ready = awaitEvent(take, AssetReady.class);

    assertThat(ready.getRender()).isEqualTo(take.render().value());
    assertThat(ready.getShot()).isEqualTo(take.shot().value());
    assertThat(ready.getEnvelope().getAggregate()).isEqualTo("asset");
    assertThat(ready.getFindings()).isEmpty();
    assertThat(ready.getMedia().getFrames()).isEqualTo(24);
    assertThat(ready.getMedia().getLengthMillis()).isEqualTo(1000);
    assertThat(ready.getMedia().getHasAudio()).isTrue();
    Map<AssetVariant, StoredObject> objects =
        ready.getObjects().stream()
            .collect(Collectors.toMap(AssetObject::getVariant, AssetObject::getObject));
    StoredObject delivered = Objects.requireNonNull(objects.get(AssetVariant.DELIVERY));
    assertThat(objects)
        .containsOnlyKeys(
            AssetVariant.MASTER,
            AssetVariant.DELIVERY,
            AssetVariant.PROXY,
            AssetVariant.POSTER,
            AssetVariant.SPRITE);
    assertThat(delivered.getKey()).isEqualTo("acme/assets/%s/delivery.mp4".formatted(take.asset()));
    byte[] delivery = content(delivered);
    MediaProbe probe = probe(delivery);
    assertThat(probe.video().orElseThrow().codec()).isEqualTo("h264");
    assertThat(probe.video().orElseThrow().frames()).contains(24L);
    assertThat(probe.audio()).isPresent();
    assertThat(text(delivery)).doesNotContain("vendor text");
    objects.forEach((variant, object) -> {
      byte[] bytes = content(object);
      assertThat(Told.sha256(bytes)).isEqualTo(object.getSha256());
      if (variant != AssetVariant.MASTER) {
        assertThat(text(bytes))
            .as(variant.name())
            .contains("digitalsourcetype/trainedAlgorithmicMedia", "AI GENERATED");
      }
    });
  }

  @Test
  void it_may_be_seen_once_it_is_cleared_and_is_withheld_when_that_is_taken_back() {
    Take take = Take.fresh();
    TOLD.say(take, Told.completed(take, master(take, Clips.moving(1)), 1));
    awaitEvent(take, AssetReady.class);

    TOLD.say(take, Told.moderated(take, 1, ModerationOutcome.CLEAR));
    AssetViewable viewable = awaitEvent(take, AssetViewable.class);
    assertThat(viewable.getSize()).isPositive();

    TOLD.say(take, Told.moderated(take, 2, ModerationOutcome.BLOCK));
    AssetWithheld withheld = awaitEvent(take, AssetWithheld.class);
    assertThat(withheld.getReason()).isEqualTo("moderation_block");
  }

  @Test
  void the_order_of_events_and_their_repetition_change_nothing() throws Exception {
    Take take = Take.fresh();
    var completed = Told.completed(take, master(take, Clips.moving(1)), 1);
    TOLD.say(take, Told.moderated(take, 2, ModerationOutcome.CLEAR));
    TOLD.say(take, Told.moderated(take, 1, ModerationOutcome.HOLD));
    TOLD.say(take, Told.moderated(take, 2, ModerationOutcome.CLEAR));
    TOLD.say(take, completed);
    TOLD.say(take, completed);
    awaitEvent(take, AssetViewable.class);
    TOLD.say(take, Told.spec(take, "a fox"));
    TOLD.say(take, Told.spec(take, "a fox"));
    TOLD.say(take, Told.moderated(take, 1, ModerationOutcome.HOLD));
    TOLD.say(take, completed);
    settle(take);

    assertThat(said(take))
        .extracting(SpecificRecord::getClass)
        .containsExactly((Class) AssetReady.class, AssetViewable.class);
    assertThat(get("/api/assets/" + take.asset(), OWNER).body())
        .contains("\"prompt\":\"a fox\"", "\"viewable\":true", "\"outcome\":\"clear\"");
  }

  @Test
  void a_poison_result_is_rejected_between_two_good_ones() {
    Take good = Take.fresh();
    Take bad = Take.fresh();
    Take next = Take.fresh();
    byte[] garbage = new byte[50_000];
    new Random(7).nextBytes(garbage);
    TOLD.say(good, Told.completed(good, master(good, Clips.moving(1)), 1));
    TOLD.say(bad, Told.completed(bad, master(bad, garbage), 1));
    TOLD.say(next, Told.completed(next, master(next, Clips.moving(1)), 1));

    awaitEvent(good, AssetReady.class);
    awaitEvent(next, AssetReady.class);
    AssetRejected rejected = awaitEvent(bad, AssetRejected.class);
    assertThat(codes(rejected)).containsExactly("unreadable");
    assertThat(rejected.getRetryCouldHelp()).isTrue();
  }

  @Test
  void an_event_that_is_none_is_parked_and_the_next_one_is_taken() {
    Take good = Take.fresh();
    String key = UUID.randomUUID().toString();
    TOPICS.record("render.events.v1", key, new byte[] {1, 2, 3}, Map.of("x", "y"));
    TOLD.say(good, Told.completed(good, master(good, Clips.moving(1)), 1));

    awaitEvent(good, AssetReady.class);
    var parked = TOPICS.await("render.events.v1-dlt", r -> key.equals(r.key()));
    assertThat(new String(parked.headers().lastHeader("x").value(), StandardCharsets.UTF_8))
        .isEqualTo("y");
  }

  @Test
  void a_master_that_is_not_what_the_worker_stored_is_rejected() {
    Take take = Take.fresh();
    StoredObject master = master(take, Clips.moving(1));
    StoredObject other = StoredObject.newBuilder(master).setSha256("0".repeat(64)).build();
    TOLD.say(take, Told.completed(take, other, 1));

    AssetRejected rejected = awaitEvent(take, AssetRejected.class);

    assertThat(codes(rejected)).containsExactly("digest_mismatch");
    assertThat(rejected.getRetryCouldHelp()).isTrue();
  }

  @Test
  void a_master_that_is_not_there_is_rejected() {
    Take take = Take.fresh();
    StoredObject master = master(take, Clips.moving(1));
    vault.delete(new ObjectKey(master.getKey()));
    TOLD.say(take, Told.completed(take, master, 1));

    assertThat(codes(awaitEvent(take, AssetRejected.class))).containsExactly("master_missing");
  }

  @Test
  void a_result_that_is_not_what_was_promised_is_rejected_for_good() {
    Take take = Take.fresh();
    TOLD.say(take, Told.completed(take, master(take, Clips.mute(1)), 1.2, AudioMode.FULL));

    AssetRejected rejected = awaitEvent(take, AssetRejected.class);

    assertThat(codes(rejected)).containsExactly("length_mismatch", "audio_missing");
    assertThat(rejected.getRetryCouldHelp()).isFalse();
  }

  @Test
  void a_master_that_was_cut_off_is_rejected() {
    Take take = Take.fresh();
    byte[] whole = Clips.moving(2);
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    TOLD.say(take, Told.completed(take, master(take, cut), 2));

    AssetRejected rejected = awaitEvent(take, AssetRejected.class);

    assertThat(codes(rejected)).contains("undecodable");
    assertThat(rejected.getRetryCouldHelp()).isTrue();
  }

  @Test
  void black_frozen_and_silent_is_noted_without_being_fatal() {
    Take take = Take.fresh();
    TOLD.say(take, Told.completed(take, master(take, Clips.black(2)), 2));

    AssetReady ready = awaitEvent(take, AssetReady.class);

    assertThat(ready.getFindings())
        .allSatisfy(f -> assertThat(f.getFatal()).isFalse())
        .extracting(TechnicalFinding::getCode)
        .containsExactlyInAnyOrder("black", "frozen", "silent");
  }

  @Test
  void a_second_result_is_surplus_and_never_served() throws Exception {
    Take first = Take.fresh();
    Take second = first.again();
    TOLD.say(first, Told.completed(first, master(first, Clips.moving(1)), 1));
    awaitEvent(first, AssetReady.class);

    TOLD.say(second, Told.completed(second, master(second, Clips.moving(1)), 1));
    TOLD.say(second, Told.moderated(second, 1, ModerationOutcome.CLEAR));

    AssetSurplus surplus = awaitEvent(second, AssetSurplus.class);
    assertThat(surplus.getTaken()).isEqualTo(first.asset().value());
    settle(second);
    assertThat(said(second))
        .extracting(SpecificRecord::getClass)
        .containsExactly((Class) AssetReady.class, AssetSurplus.class);
    assertThat(get("/v1/videos/" + second.generation() + "/content", OWNER).statusCode())
        .isEqualTo(404);
  }

  @Test
  void of_many_results_at_once_exactly_one_is_taken() {
    Take first = Take.fresh();
    var takes = Stream.iterate(first, Take::again).limit(4).toList();
    takes.forEach(t -> TOLD.say(t, Told.completed(t, master(t, Clips.moving(1)), 1)));

    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> said(first).size() == 4);

    assertThat(said(first)).filteredOn(AssetReady.class::isInstance).hasSize(1);
    assertThat(said(first)).filteredOn(AssetSurplus.class::isInstance).hasSize(3);
  }

  @Test
  void an_ingest_whose_worker_died_is_taken_up_when_its_lease_ends() {
    Take take = Take.fresh();
    StoredObject master = master(take, Clips.moving(1));
    var order = RenderCompletedListener.order(Told.completed(take, master, 1));
    // As if another process had claimed it, stored a rendition, and died.
    new JdbcIngestQueue(jdbc).note(order);
    jdbc.sql(
            """
            update asset set token = gen_random_uuid(),
              leased_until = clock_timestamp() + interval '1 second' where asset = ?
            """)
        .param(take.asset().value())
        .update();
    assertThat(said(take)).isEmpty();

    assertThat(awaitEvent(take, AssetReady.class).getObjects()).hasSize(5);
  }

  @Test
  void an_ingest_waits_for_a_store_that_is_down() {
    Take take = Take.fresh();
    StoredObject master = master(take, Clips.moving(1));
    TestStore.shared().stop();
    try {
      TOLD.say(take, Told.completed(take, master, 1));
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> get("/api/assets/" + take.asset(), OWNER).body().contains("waiting_for"));
    } finally {
      TestStore.shared().start();
    }

    awaitEvent(take, AssetReady.class);
  }

  /** Waits until everything that was said of it has been taken in: a marker comes out behind it. */
  private void settle(Take take) {
    Take marker =
        Stream.generate(Take::fresh).filter(t -> partition(t) == partition(take)).findFirst().get();
    TOLD.say(marker, Told.completed(marker, master(marker, Clips.moving(1)), 1));
    TOLD.say(marker, Told.moderated(marker, 1, ModerationOutcome.CLEAR));
    awaitEvent(marker, AssetViewable.class);
  }

  private static int partition(Take take) {
    byte[] key = take.generation().value().getBytes(StandardCharsets.UTF_8);
    return BuiltInPartitioner.partitionForKey(key, Topic.ASSET_EVENTS.partitions());
  }

  private static List<String> codes(AssetRejected rejected) {
    return rejected.getFindings().stream().map(TechnicalFinding::getCode).toList();
  }

  private byte[] content(StoredObject object) {
    try (VaultObject stored = vault.open(new ObjectKey(object.getKey()))) {
      return stored.stream().readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private MediaProbe probe(byte[] bytes) throws Exception {
    Path file = Files.write(folder.resolve("probed.mp4"), bytes);
    return ((ProbeOutcome.Probed) Ffprobe.probeCounting(file)).probe();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
