package dev.dailies.asset.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.asset.AssetServiceFixture;
import dev.dailies.asset.Clips;
import dev.dailies.asset.Told;
import dev.dailies.asset.Told.Take;
import dev.dailies.contracts.event.AssetErased;
import dev.dailies.contracts.event.AssetObject;
import dev.dailies.contracts.event.AssetReady;
import dev.dailies.contracts.event.AssetRejected;
import dev.dailies.contracts.event.AssetSurplus;
import dev.dailies.contracts.event.AssetViewable;
import dev.dailies.contracts.event.AssetWithheld;
import dev.dailies.contracts.event.ModerationOutcome;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.testkit.TestStore;
import dev.dailies.vault.ObjectKey;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is erased leaves the store, whenever it came, and whatever is down meanwhile. */
class ErasureTest extends AssetServiceFixture {
  private static final String WORD = "quokkabrille";

  private List<AssetErased> erased(Take take) {
    return said(take).stream()
        .filter(AssetErased.class::isInstance)
        .map(AssetErased.class::cast)
        .toList();
  }

  private void awaitErased(Take take, int times) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> erased(take).size() == times);
  }

  private void awaitGone(List<ObjectKey> keys) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(keys).allSatisfy(key -> assertThat(vault.find(key)).isEmpty()));
  }

  private static ObjectKey key(StoredObject object) {
    return new ObjectKey(object.getKey());
  }

  private ObjectKey beside(StoredObject master, String name) {
    ObjectKey key = new ObjectKey(master.getKey().replace("0.mp4", name));
    byte[] text = ("a " + WORD).getBytes(StandardCharsets.UTF_8);
    vault.put(key, new ByteArrayInputStream(text), "application/json");
    return key;
  }

  @Test
  void every_object_of_every_take_goes_and_what_comes_late_goes_too() throws Exception {
    Take taken = Take.fresh();
    Take surplus = taken.again();
    Take rejected = taken.again();
    Take other = Take.fresh();
    List<ObjectKey> keys = new ArrayList<>();
    StoredObject master = master(taken, Clips.moving(1));
    StoredObject second = master(surplus, Clips.moving(1));
    StoredObject broken = master(rejected, new byte[2000]);
    keys.addAll(List.of(key(second), key(broken), beside(master, "render.json")));
    // Stored by a worker that died before it could say so.
    keys.add(beside(master(taken.again(), Clips.mute(1)), "0.mp4"));
    StoredObject kept = master(other, Clips.mute(1));
    TOLD.say(taken, Told.spec(taken, "A " + WORD));
    TOLD.say(rejected, Told.completed(rejected, broken, 1));
    awaitEvent(rejected, AssetRejected.class);
    TOLD.say(taken, Told.completed(taken, master, 1));
    awaitEvent(taken, AssetReady.class).getObjects().stream()
        .map(AssetObject::getObject)
        .forEach(object -> keys.add(key(object)));
    TOLD.say(surplus, Told.completed(surplus, second, 1));
    awaitEvent(surplus, AssetSurplus.class);
    TOLD.say(taken, Told.moderated(taken, 1, ModerationOutcome.CLEAR));
    awaitEvent(taken, AssetViewable.class);

    TOLD.sayTombstone(taken);
    TOLD.say(taken, Told.erased(taken));
    TOLD.say(taken, Told.erased(taken));

    awaitErased(taken, 1);
    assertThat(erased(taken).getFirst().getObjects()).isEqualTo(keys.size());
    assertThat(awaitEvent(taken, AssetWithheld.class).getReason()).isEqualTo("erased");
    awaitGone(keys);
    assertThat(vault.find(key(kept))).isPresent();
    String content = "/v1/videos/" + taken.generation() + "/content";
    assertThat(get(content, OWNER).statusCode()).isEqualTo(404);
    assertThat(get("/api/assets?generation=" + taken.generation(), OWNER).body())
        .contains("\"state\":\"erased\"")
        .doesNotContain("\"state\":\"ready\"", WORD);

    // Late: a text, a result of another attempt, a decision.
    TOLD.say(taken, Told.spec(taken, "A late " + WORD));
    TOLD.say(taken, Told.moderated(taken, 2, ModerationOutcome.CLEAR));
    Take late = taken.again();
    StoredObject lateMaster = master(late, Clips.moving(1));
    TOLD.say(late, Told.completed(late, lateMaster, 1));
    awaitErased(taken, 2);
    awaitGone(List.of(key(lateMaster)));
    assertThat(said(taken)).filteredOn(AssetViewable.class::isInstance).hasSize(1);
    assertThat(get(content, OWNER).statusCode()).isEqualTo(404);
    assertThat(
            jdbc.sql("select count(*) from generation_text where prompt like ?")
                .param("%" + WORD + "%")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void with_the_store_down_it_waits_and_what_was_not_taken_in_never_is() {
    Take waiting = Take.fresh();
    StoredObject master = master(waiting, Clips.moving(1));
    Take nothing = Take.fresh();
    TestStore.shared().stop();
    try {
      TOLD.say(waiting, Told.completed(waiting, master, 1));
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> get("/api/assets/" + waiting.asset(), OWNER).body().contains("waiting_for"));
      TOLD.say(waiting, Told.erased(waiting));
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> get("/api/assets/" + waiting.asset(), OWNER).body().contains("erased"));
      TOLD.say(nothing, Told.erased(nothing));
      assertThat(erased(waiting)).isEmpty();
    } finally {
      TestStore.shared().start();
    }

    awaitErased(waiting, 1);
    awaitErased(nothing, 1);
    assertThat(erased(nothing).getFirst().getObjects()).isZero();
    awaitGone(List.of(key(master)));
    assertThat(said(waiting)).hasSize(1);
  }
}
