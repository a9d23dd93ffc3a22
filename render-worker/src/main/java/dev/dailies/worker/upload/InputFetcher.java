package dev.dailies.worker.upload;

import dev.dailies.contracts.event.RenderJob;
import dev.dailies.contracts.event.Source;
import dev.dailies.contracts.event.SourceRole;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.ObjectKey;
import dev.dailies.vault.ObjectMissing;
import dev.dailies.vault.VaultObject;
import dev.dailies.worker.endpoint.InputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Brings a render's stored inputs onto scratch disk ahead of its submit, so that no slot waits for
 * the store. Each file is compared with the digest that the job names.
 */
public final class InputFetcher {
  private final AssetVault vault;
  private final Path scratch;
  private final long mostBytes;

  /**
   * @param scratch folder of this process alone
   * @param mostBytes largest input taken
   */
  public InputFetcher(AssetVault vault, Path scratch, long mostBytes) {
    this.vault = vault;
    this.scratch = scratch;
    this.mostBytes = mostBytes;
  }

  /**
   * @param parentIsThere the endpoint has the video that is worked on, so that it stays here
   */
  public InputFetch fetch(RenderJob job, boolean parentIsThere) {
    List<InputFile> files = new ArrayList<>();
    try {
      for (int i = 0; i < job.getInputs().size(); i++) {
        StoredObject input = job.getInputs().get(i);
        if (parentIsThere && isParent(job, i)) {
          continue;
        }
        if (input.getSize() > mostBytes) {
          return new InputFetch.Unusable("input_too_large");
        }
        Path folder = Files.createDirectories(folderOf(job.getRender()));
        Path file = folder.resolve(Integer.toString(i));
        try (VaultObject object = vault.open(new ObjectKey(input.getKey()))) {
          if (!object.saveTo(file).equals(input.getSha256())) {
            return new InputFetch.Unusable("input_differs");
          }
          files.add(new InputFile(file, object.contentType(), roleOf(job, i)));
        } catch (ObjectMissing gone) {
          return new InputFetch.Unusable("input_missing");
        }
      }
      return new InputFetch.Fetched(files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the form does not name is no parent: it must not be left out unseen. */
  private static boolean isParent(RenderJob job, int index) {
    List<Source> sources = job.getForm().getSources();
    return index < sources.size() && sources.get(index).getRole() == SourceRole.SOURCE;
  }

  private static String roleOf(RenderJob job, int index) {
    List<Source> sources = job.getForm().getSources();
    return index < sources.size()
        ? sources.get(index).getRole().name().toLowerCase(Locale.ROOT)
        : "source";
  }

  /** Removes what was fetched for a render. */
  public void discard(String render) {
    Path folder = folderOf(render);
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path folderOf(String render) {
    return scratch.resolve(render);
  }
}
