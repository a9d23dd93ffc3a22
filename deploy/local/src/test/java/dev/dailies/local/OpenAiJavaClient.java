package dev.dailies.local;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.MultipartField;
import com.openai.core.http.HttpResponse;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.models.videos.Video;
import com.openai.models.videos.VideoCreateParams;
import com.openai.models.videos.VideoDeleteResponse;
import com.openai.models.videos.VideoDownloadContentParams;
import com.openai.models.videos.VideoEditParams;
import com.openai.models.videos.VideoExtendParams;
import com.openai.models.videos.VideoListPage;
import com.openai.models.videos.VideoListParams;
import com.openai.models.videos.VideoRemixParams;
import com.openai.models.videos.VideoSeconds;
import com.openai.models.videos.VideoSize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;

/** What a stranger's program does with {@code com.openai:openai-java}; step by step as in Node. */
final class OpenAiJavaClient {
  private static final String UNKNOWN = "video_00000000000000000000000000";

  private final Map<String, String> saw = new LinkedHashMap<>();
  private final String base;
  private final OpenAIClient client;
  private final OpenAIClient stranger;
  private final String hastyKey;

  private OpenAiJavaClient(URI origin, String key, String strangersKey, String hastyKey) {
    base = origin.resolve("/v1").toString();
    client = OpenAIOkHttpClient.builder().baseUrl(base).apiKey(key).build();
    stranger = OpenAIOkHttpClient.builder().baseUrl(base).apiKey(strangersKey).build();
    this.hastyKey = hastyKey;
  }

  /** Goes through all steps and tells what each showed. */
  static Map<String, String> journey(URI origin, String key, String strangersKey, String hastyKey) {
    OpenAiJavaClient journey = new OpenAiJavaClient(origin, key, strangersKey, hastyKey);
    try {
      journey.go();
    } finally {
      journey.client.close();
      journey.stranger.close();
    }
    return journey.saw;
  }

  private void go() {
    Video first = client.videos().create(form("a kite over dunes").build());
    step(
        "create",
        () ->
            "%s %s %s %s %s"
                .formatted(
                    first._object_().convert(String.class),
                    first.status(),
                    first.model(),
                    first.size(),
                    first.seconds()));
    step(
        "content before ready",
        () -> download(first.id(), VideoDownloadContentParams.Variant.VIDEO));
    step(
        "delete before ready",
        () -> {
          String waiting =
              create(
                  form("later")
                      .putAdditionalBodyProperty(
                          "not_before", JsonValue.from("2099-01-01T00:00:00Z")));
          return client.videos().delete(waiting).id();
        });
    step(
        "poll",
        () -> {
          Video video = poll(first.id());
          return "%s %d %s".formatted(video.status(), video.progress(), video.prompt().orElse(""));
        });
    for (var variant :
        new VideoDownloadContentParams.Variant[] {
          VideoDownloadContentParams.Variant.VIDEO,
          VideoDownloadContentParams.Variant.THUMBNAIL,
          VideoDownloadContentParams.Variant.SPRITESHEET
        }) {
      step("download " + variant, () -> download(first.id(), variant));
    }
    step("list over pages", () -> pages(first.id()));
    step(
        "models",
        () ->
            ""
                + client.models().list().data().stream()
                    .anyMatch(model -> model.id().equals("animatic-1")));
    step("unknown model", () -> create(form("x").model("sora-2")));
    step("bad size", () -> create(form("x").size(VideoSize.of("7x7"))));
    step("bad length", () -> create(form("x").seconds(VideoSeconds.of("3000"))));
    step("empty prompt", () -> create(form("")));
    step("long prompt", () -> create(form("x".repeat(33_000))));
    step("unknown id", () -> client.videos().retrieve(UNKNOWN).id());
    step("foreign id", () -> stranger.videos().retrieve(first.id()).id());
    step("foreign id otherwise", () -> withAForeign(first.id()));
    step("request id", this::requestId);
    step("too many requests", this::tooMany);
    step(
        "too many, but patient",
        () -> {
          try (var patient = closing(OpenAIOkHttpClient.builder().baseUrl(base).apiKey(hastyKey))) {
            return contentOf(patient.get(), UNKNOWN);
          }
        });
    step(
        "wrong key",
        () -> {
          OpenAIClient stranger =
              OpenAIOkHttpClient.builder().baseUrl(base).apiKey("wrong").build();
          try {
            return stranger.videos().retrieve(first.id()).id();
          } finally {
            stranger.close();
          }
        });
    step("remix, edit, extend", () -> madeOf(first.id()));
    step(
        "delete",
        () -> {
          String gone = create(form("soon gone"));
          poll(gone);
          VideoDeleteResponse answer = client.videos().delete(gone);
          return "%s %s %s %s"
              .formatted(
                  answer._object_().convert(String.class),
                  answer.deleted(),
                  answer.id().equals(gone),
                  statusOf(() -> client.videos().retrieve(gone)));
        });
    step(
        "with a reference",
        () -> {
          Video video =
              poll(client.videos().create(with(picture()).prompt("it moves").build()).id());
          return video.status() + " " + video.error().map(error -> error.code()).orElse("-");
        });
    step("not an image", () -> create(with("no picture at all".getBytes(StandardCharsets.UTF_8))));
    step(
        "blocked prompt",
        () -> {
          Video video = poll(client.videos().create(form("x [[refuse]]").build()).id());
          return video.status()
              + video.error().map(error -> " " + error.code() + " " + error.message()).orElse("");
        });
  }

  private String withAForeign(String id) {
    List<Runnable> tries =
        List.of(
            () -> contentOf(stranger, id),
            () -> stranger.videos().delete(id),
            () -> stranger.videos().remix(id, VideoRemixParams.builder().prompt("x").build()),
            () -> stranger.videos().edit(editOf(id, "x")),
            () -> stranger.videos().extend(extensionOf(id, "x")));
    return tries.stream().map(OpenAiJavaClient::statusOf).collect(Collectors.joining(" "))
        + " "
        + stranger.videos().list().data().size();
  }

  private static String contentOf(OpenAIClient client, String id) {
    try (HttpResponse answer = client.videos().downloadContent(id)) {
      return "" + answer.statusCode();
    }
  }

  private String requestId() {
    try {
      return client.videos().retrieve(UNKNOWN).id();
    } catch (OpenAIServiceException e) {
      return "" + e.headers().values("x-request-id").getFirst().matches("req_[0-9a-f]{32}");
    }
  }

  private String tooMany() {
    try (var hasty =
        closing(OpenAIOkHttpClient.builder().baseUrl(base).apiKey(hastyKey).maxRetries(0))) {
      for (int tries = 0; tries < 2000; tries++) {
        try {
          contentOf(hasty.get(), UNKNOWN);
        } catch (NotFoundException notYet) {
          continue;
        } catch (RateLimitException e) {
          long pause = Long.parseLong(e.headers().values("retry-after-ms").getFirst());
          return "RateLimit %d %s %s: %s %s"
              .formatted(
                  e.statusCode(),
                  e.code().orElse("-"),
                  e.type().orElse("-"),
                  Stream.of(
                          "x-ratelimit-limit-requests",
                          "x-ratelimit-remaining-requests",
                          "retry-after",
                          "x-should-retry")
                      .map(name -> e.headers().values(name).stream().findFirst().orElse("null"))
                      .collect(Collectors.joining(" ")),
                  pause > 0 && pause <= 1000);
        }
      }
      return "never";
    }
  }

  /** A client of its own, closed with the block. */
  private record Closing(OpenAIClient get) implements AutoCloseable {
    @Override
    public void close() {
      get.close();
    }
  }

  private static Closing closing(OpenAIOkHttpClient.Builder builder) {
    return new Closing(builder.build());
  }

  private void step(String name, Callable<String> work) {
    try {
      saw.put(name, work.call());
    } catch (OpenAIServiceException e) {
      saw.put(
          name,
          "%s %d %s %s %s: %s"
              .formatted(
                  e.getClass().getSimpleName().replace("Exception", ""),
                  e.statusCode(),
                  e.code().orElse("-"),
                  e.param().orElse("-"),
                  e.type().orElse("-"),
                  String.valueOf(e.getMessage()).replaceFirst("^\\d+: ", "")));
    } catch (Exception e) {
      saw.put(name, e.toString());
    }
  }

  private String madeOf(String source) {
    Video remix =
        client.videos().remix(source, VideoRemixParams.builder().prompt("a kite by night").build());
    Video edit = client.videos().edit(editOf(source, "a red kite"));
    Video extension = client.videos().extend(extensionOf(source, "it comes down"));
    return Stream.of(remix, edit, extension)
            .map(video -> poll(video.id()))
            .map(video -> video.status() + " " + video.seconds())
            .collect(Collectors.joining(", "))
        + ", "
        + remix.remixedFromVideoId().equals(Optional.of(source));
  }

  static VideoEditParams editOf(String source, String prompt) {
    return VideoEditParams.builder()
        .video(VideoEditParams.Video.VideoReferenceInputParam.builder().id(source).build())
        .prompt(prompt)
        .build();
  }

  static VideoExtendParams extensionOf(String source, String prompt) {
    return VideoExtendParams.builder()
        .video(VideoExtendParams.Video.VideoReferenceInputParam.builder().id(source).build())
        .prompt(prompt)
        .seconds(VideoSeconds.of("1"))
        .build();
  }

  private static String statusOf(Runnable call) {
    try {
      call.run();
      return "200";
    } catch (OpenAIServiceException e) {
      return "" + e.statusCode();
    }
  }

  static VideoCreateParams.Builder form(String prompt) {
    return VideoCreateParams.builder()
        .prompt(prompt)
        .model("animatic-1")
        .seconds(VideoSeconds.of("1"))
        .size(VideoSize.of("160x90"));
  }

  private static VideoCreateParams.Builder with(byte[] picture) {
    return form("x")
        .inputReference(
            MultipartField.<VideoCreateParams.InputReference>builder()
                .value(VideoCreateParams.InputReference.ofStream(new ByteArrayInputStream(picture)))
                .filename("first.png")
                .contentType("image/png")
                .build());
  }

  static byte[] picture() throws IOException {
    BufferedImage image = new BufferedImage(16, 9, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 16; x++) {
      image.setRGB(x, x / 2, 0x20c0ff - x * 9);
      image.setRGB(x, 8 - x / 2, 0xffb030 + x * 5);
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }

  private String create(VideoCreateParams.Builder form) {
    return client.videos().create(form.build()).id();
  }

  private Video poll(String id) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> client.videos().retrieve(id),
            video ->
                video.status().equals(Video.Status.COMPLETED)
                    || video.status().equals(Video.Status.FAILED));
  }

  private String download(String id, VideoDownloadContentParams.Variant variant)
      throws IOException {
    VideoDownloadContentParams wanted =
        VideoDownloadContentParams.builder().videoId(id).variant(variant).build();
    try (HttpResponse answer = client.videos().downloadContent(wanted)) {
      byte[] start = answer.body().readNBytes(8);
      boolean mp4 = new String(start, 4, 4, StandardCharsets.ISO_8859_1).equals("ftyp");
      return answer.headers().values("content-type").getFirst()
          + " "
          + (mp4 ? "mp4" : HexFormat.of().formatHex(start, 0, 2));
    }
  }

  private String pages(String wanted) {
    create(form("a second one"));
    create(form("a third one"));
    Set<String> seen = new HashSet<>();
    int pages = 0;
    VideoListPage page =
        client
            .videos()
            .list(VideoListParams.builder().limit(2).order(VideoListParams.Order.DESC).build());
    while (true) {
      pages++;
      page.data().forEach(video -> seen.add(video.id()));
      if (seen.contains(wanted) || !page.hasNextPage()) {
        return (pages > 1) + " " + seen.contains(wanted);
      }
      page = page.nextPage();
    }
  }
}
