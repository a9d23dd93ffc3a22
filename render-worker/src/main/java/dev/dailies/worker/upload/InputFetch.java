package dev.dailies.worker.upload;

import dev.dailies.worker.endpoint.InputFile;
import java.util.List;

/** What came of fetching the inputs of a render. */
public sealed interface InputFetch {
  record Fetched(List<InputFile> files) implements InputFetch {
    public Fetched {
      files = List.copyOf(files);
    }
  }

  /**
   * An input is not there, or is not what the job says it is; no repeat will change that.
   *
   * @param reason as a code
   */
  record Unusable(String reason) implements InputFetch {}
}
