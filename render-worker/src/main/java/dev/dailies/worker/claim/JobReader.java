package dev.dailies.worker.claim;

import dev.dailies.contracts.EventCodec;
import dev.dailies.contracts.EventCodec.Decoded;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.OutputForm;
import dev.dailies.contracts.event.RenderJob;
import org.jspecify.annotations.Nullable;

/** Reads jobs, and refuses those that no worker could ever do anything with. */
final class JobReader {
  private final EventCodec codec;
  private final String pool;

  JobReader(EventCodec codec, String pool) {
    this.codec = codec;
    this.pool = pool;
  }

  JobReading read(byte @Nullable [] bytes) {
    if (bytes == null) {
      return new JobReading.Unreadable("malformed", "no value");
    }
    return switch (codec.decode(bytes)) {
      case Decoded.Known known when known.value() instanceof RenderJob job -> check(job);
      case Decoded.Known other ->
          new JobReading.Unreadable("malformed", "not a job: " + other.value().getClass());
      case Decoded.UnknownType type -> new JobReading.Unreadable("malformed", type.fullName());
      case Decoded.UnknownSchema schema -> new JobReading.SchemaUnknown(schema.fingerprint());
      case Decoded.Malformed malformed -> new JobReading.Unreadable("malformed", malformed.why());
    };
  }

  private JobReading check(RenderJob job) {
    try {
      var unused = new RenderId(job.getRender());
      var alsoUnused = new GenerationId(job.getGeneration());
      var unusedToo = new WorkspaceId(job.getWorkspace());
    } catch (IllegalArgumentException e) {
      return new JobReading.Unreadable("invalid", String.valueOf(e.getMessage()));
    }
    if (!job.getPool().equals(pool)) {
      return new JobReading.Unreadable("invalid", "a job of another pool");
    }
    OutputForm output = job.getForm().getOutput();
    if (job.getAttempt() < 1
        || output.getWidth() < 1
        || output.getHeight() < 1
        || output.getLengthMillis() < 0) {
      return new JobReading.Unreadable("invalid", "attempt, size or length out of range");
    }
    return new JobReading.Readable(job);
  }
}
