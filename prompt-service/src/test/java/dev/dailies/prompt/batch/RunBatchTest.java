package dev.dailies.prompt.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.edge.RefusalException;
import dev.dailies.prompt.Stage;
import dev.dailies.prompt.generation.AcceptItem.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How a batch is told into lines, and that nothing of it is kept. */
class RunBatchTest {
  /** Takes in whatever it is given, and remembers the keys alone. */
  private static final class Desk implements BatchGroup {
    final List<String> keys = new ArrayList<>();
    final List<JsonNode> last = new ArrayList<>();

    @Override
    public List<Outcome> accept(WorkspaceId workspace, Actor actor, List<Keyed> items) {
      last.clear();
      return items.stream()
          .map(item -> {
            keys.add(item.key());
            last.add(item.fields());
            return (Outcome) new Outcome.Accepted(List.of(GenerationId.mint()), false);
          })
          .toList();
    }
  }

  private final Desk desk = new Desk();

  private static RunBatch.Sender sender(Optional<String> id) {
    return new RunBatch.Sender(
        new WorkspaceId("local"), new Actor(ActorKind.KEY, "key"), id, () -> true);
  }

  private List<JsonNode> run(BatchSource source, Optional<String> id) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new RunBatch(desk).run(sender(id), source, new BatchAnswers(out));
    return out.toString(StandardCharsets.UTF_8).lines().map(Stage.JSON::readTree).toList();
  }

  private List<JsonNode> ndjson(String body) throws IOException {
    return run(
        new NdjsonSource(new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1))),
        Optional.of("batch"));
  }

  private List<JsonNode> csv(String body) throws IOException {
    return run(
        new CsvSource(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))),
        Optional.of("batch"));
  }

  private static String code(JsonNode answer) {
    return answer.at("/error/code").asString("");
  }

  @Test
  void aBadLineSinksNoOther() throws IOException {
    List<JsonNode> answers =
        ndjson(
            """
            {"key":"one","prompt":"a"}

            {"prompt":
            [1]
            {"key":"x","key":"y"}
            {"key":7}
            {"key":"a b"}
            {"prompt":"a"} {"prompt":"b"}
            {"prompt":"\u00ff\u00fe"}
            %s
            {"long":"%s"}
            {"prompt":"last"}\
            """
                .formatted("[".repeat(2000), "x".repeat(70_000)));

    assertThat(answers.stream().map(a -> a.at("/line").asInt(0)))
        .containsExactly(1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0);
    assertThat(answers.stream().map(RunBatchTest::code))
        .containsExactly(
            "",
            "invalid_body",
            "invalid_body",
            "invalid_body",
            "invalid_request",
            "invalid_request",
            "invalid_body",
            "invalid_body",
            "invalid_body",
            "too_large",
            "",
            "");
    assertThat(desk.keys).containsExactly("one", "batch/12");
    JsonNode summary = answers.getLast();
    assertThat(summary.at("/object").asString()).isEqualTo("batch.summary");
    assertThat(summary.at("/accepted").asInt()).isEqualTo(2);
    assertThat(summary.at("/refused").asInt()).isEqualTo(9);
    assertThat(summary.at("/complete").booleanValue()).isTrue();
  }

  @Test
  void aLineWithoutEndIsNotLookedForTheEndOf() throws IOException {
    List<JsonNode> answers = ndjson("{\"prompt\":\"a\"}\n" + "x".repeat(3_000_000));
    assertThat(answers).hasSize(2);
    assertThat(code(answers.getLast())).isEqualTo("too_large");
    assertThat(answers.getLast().at("/complete").booleanValue()).isFalse();
  }

  @Test
  void rowsOfATableAreRequests() throws IOException {
    List<JsonNode> answers =
        csv(
            """
            key,Prompt,seconds,seed,locale,dimension.cut,metadata.team
            a,"A heron, at ""dawn""
            on two lines",4,7,de-DE,long,north
            b,,,,,,
            c,short
            ,d,1,1,fr-FR,x,
            """);
    assertThat(answers.stream().map(a -> a.at("/line").asInt(0))).containsExactly(2, 4, 5, 6, 0);
    assertThat(answers.stream().map(RunBatchTest::code))
        .containsExactly("", "", "invalid_body", "", "");
    assertThat(desk.keys).containsExactly("a", "b", "batch/6");
    JsonNode first = desk.last.getFirst();
    assertThat(first.at("/prompt").asString()).isEqualTo("A heron, at \"dawn\"\non two lines");
    assertThat(first.at("/dimensions/locale").asString()).isEqualTo("de-DE");
    assertThat(first.at("/dimensions/cut").asString()).isEqualTo("long");
    assertThat(first.at("/metadata/team").asString()).isEqualTo("north");
    assertThat(first.at("/seed").asInt()).isEqualTo(7);
    assertThat(desk.last.get(1)).isEmpty();
  }

  @Test
  void aTableThatCannotBeReadIsToldSo() throws IOException {
    for (String header : List.of("", "key,model\n", "prompt,colour\n", "prompt,prompt\n")) {
      assertThatThrownBy(() -> csv(header))
          .as(header)
          .isInstanceOfSatisfying(
              RefusalException.class,
              refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_BODY));
    }
    assertThatThrownBy(() -> csv("prompt,locale,dimension.locale\n"))
        .isInstanceOf(RefusalException.class);

    List<JsonNode> open = csv("prompt\na\n\"b\nc" + "x".repeat(2_000_000));
    assertThat(code(open.getLast())).isEqualTo("invalid_body");
    assertThat(desk.keys).containsExactly("batch/2");
    List<JsonNode> swallowed = csv("key,prompt\nq,\"b\nr,c\n");
    assertThat(code(swallowed.getLast())).isEqualTo("invalid_body");
    assertThat(desk.keys).containsExactly("batch/2");
    byte[] latin = "prompt\na\nM\u00fcnchen\nb\n".getBytes(StandardCharsets.ISO_8859_1);
    List<JsonNode> answers =
        run(new CsvSource(new ByteArrayInputStream(latin)), Optional.of("latin"));
    assertThat(answers.stream().map(RunBatchTest::code))
        .containsExactly("", "invalid_body", "", "");
  }

  @Test
  void whatWasTakenInBeforeTheDatabaseFailedIsAnswered() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BatchGroup failing =
        (workspace, actor, items) -> {
          throw new BatchGroup.BrokenOff(
              desk.accept(workspace, actor, items.subList(0, 1)),
              new IllegalStateException("no database"));
        };
    byte[] body = "{\"key\":\"a\"}\n[]\n{\"key\":\"b\"}\n[]\n".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() ->
            new RunBatch(failing)
                .run(
                    sender(Optional.empty()),
                    new NdjsonSource(new ByteArrayInputStream(body)),
                    new BatchAnswers(out)))
        .isInstanceOf(BatchGroup.BrokenOff.class);
    assertThat(out.toString(StandardCharsets.UTF_8).lines().map(Stage.JSON::readTree))
        .extracting(answer -> answer.at("/line").asInt())
        .containsExactly(1, 2);
  }

  @Test
  void tenThousandItemsOfSixteenKilobytesLeaveNothingBehind() throws IOException {
    int items = RunBatch.MOST_ITEMS + 1;
    String filler = "x".repeat(16_000);
    InputStream body =
        stream(items, i -> "{\"key\":\"" + i + "\",\"prompt\":\"" + filler + "\"}\n");
    List<Long> heap = new ArrayList<>();
    OutputStream out =
        new OutputStream() {
          private long lines;

          @Override
          public void write(int b) {
            if (b == '\n' && (++lines == 500 || lines == RunBatch.MOST_ITEMS - 500)) {
              heap.add(liveHeap());
            }
          }
        };
    new RunBatch(desk).run(sender(Optional.empty()), new NdjsonSource(body), new BatchAnswers(out));

    assertThat(desk.keys).hasSize(RunBatch.MOST_ITEMS).doesNotHaveDuplicates();
    // All of them would be 150 MB; their keys and the collector's moods are well below this.
    assertThat(heap.getLast() - heap.getFirst()).isLessThan(8_000_000);
  }

  private static long liveHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static InputStream stream(int items, IntFunction<String> line) {
    AtomicInteger next = new AtomicInteger();
    return new SequenceInputStream(
        new Enumeration<>() {
          @Override
          public boolean hasMoreElements() {
            return next.get() < items;
          }

          @Override
          public InputStream nextElement() {
            return new ByteArrayInputStream(
                line.apply(next.getAndIncrement()).getBytes(StandardCharsets.UTF_8));
          }
        });
  }
}
