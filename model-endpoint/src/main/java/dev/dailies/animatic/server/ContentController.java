package dev.dailies.animatic.server;

import dev.dailies.animatic.controls.Marker;
import dev.dailies.animatic.jobs.Derivatives;
import dev.dailies.animatic.jobs.Job;
import dev.dailies.animatic.jobs.JobStore;
import dev.dailies.animatic.journal.VideoId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/videos/{id}/content}: the clip, a frame of it or ten, whole or in ranges. */
@RestController
final class ContentController {
  private final JobStore store;
  private final Derivatives derivatives;

  ContentController(JobStore store, Derivatives derivatives) {
    this.store = store;
    this.derivatives = derivatives;
  }

  @GetMapping("/v1/videos/{id}/content")
  void content(
      @PathVariable String id,
      @RequestParam(defaultValue = "video") String variant,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, InterruptedException {
    Job job = VideoId.parse(id).flatMap(store::find).orElseThrow(ApiError::unknownVideo);
    refuseUnfinished(job);
    response.setHeader("ETag", "\"" + id + "-" + variant + "\"");
    try (VideoContent content = open(job, variant)) {
      response.setContentType(mediaType(variant));
      response.setHeader("Accept-Ranges", "bytes");
      send(content, job.directives().has(Marker.CUT), request, response);
    } catch (FileNotFoundException e) {
      // Deleted or expired since it was looked up.
      throw ApiError.unknownVideo();
    }
  }

  private static void refuseUnfinished(Job job) {
    switch (job.status()) {
      case QUEUED, IN_PROGRESS ->
          throw ApiError.refused(
              404,
              "video_not_ready",
              Optional.empty(),
              "The video is not ready: generation is still in progress.");
      case FAILED ->
          throw ApiError.refused(
              422,
              job.error().map(Job.JobError::code).orElse("failed"),
              Optional.empty(),
              "The generation failed; there is no video.");
      case COMPLETED -> {}
    }
  }

  private VideoContent open(Job job, String variant) throws IOException, InterruptedException {
    return switch (variant) {
      case "video" -> {
        Path video = store.files(job.id()).video();
        Optional<Long> size = job.directives().contentSize();
        yield size.isPresent() ? VideoContent.grown(video, size.get()) : VideoContent.of(video);
      }
      case "thumbnail" -> VideoContent.of(drawn(derivatives.thumbnail(job)));
      case "spritesheet" -> VideoContent.of(drawn(derivatives.spriteSheet(job)));
      default -> throw ApiError.invalid("variant", "variant is video, thumbnail or spritesheet.");
    };
  }

  private static Path drawn(Optional<Path> picture) {
    return picture.orElseThrow(() ->
        ApiError.refused(
            422, "unreadable_video", Optional.empty(), "No picture can be made of it."));
  }

  private static String mediaType(String variant) {
    return switch (variant) {
      case "thumbnail" -> "image/webp";
      case "spritesheet" -> "image/jpeg";
      default -> "video/mp4";
    };
  }

  private static void send(
      VideoContent content, boolean cut, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    long size = content.size();
    long from = 0;
    long to = size - 1;
    switch (ByteRange.of(request.getHeader("Range"), size)) {
      case ByteRange.Whole whole -> {}
      case ByteRange.Part part -> {
        from = part.from();
        to = part.to();
        response.setStatus(206);
        response.setHeader("Content-Range", "bytes " + from + "-" + to + "/" + size);
      }
      case ByteRange.Outside outside ->
          throw ApiError.refused(
                  416, "range_not_satisfiable", Optional.empty(), "It has " + size + " bytes.")
              .header("Content-Range", "bytes */" + size);
    }
    response.setContentLengthLong(to - from + 1);
    if (request.getMethod().equals("HEAD")) {
      return;
    }
    long last = cut ? from + (to - from) / 2 : to;
    content.write(response.getOutputStream(), from, last);
    if (cut) {
      response.flushBuffer();
      HttpConnectionReset.reset(request);
    }
  }
}
