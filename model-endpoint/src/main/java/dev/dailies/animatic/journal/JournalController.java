package dev.dailies.animatic.journal;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /journal?after=&limit=&client_reference=&type=}: the journal's lines, oldest first. Go
 * on with {@code after} = the answer's {@code next} while {@code has_more}.
 */
@RestController
final class JournalController {
  private static final int LONGEST_PAGE = 10_000;

  private final Journal journal;

  JournalController(Journal journal) {
    this.journal = journal;
  }

  @GetMapping("/journal")
  Map<String, Object> read(
      @RequestParam(defaultValue = "0") long after,
      @RequestParam(defaultValue = "1000") int limit,
      @RequestParam(name = "client_reference", required = false) @Nullable String reference,
      @RequestParam(required = false) @Nullable String type)
      throws IOException {
    Journal.Page page =
        journal.read(
            after,
            Math.clamp(limit, 1, LONGEST_PAGE),
            line ->
                (reference == null || line.path("client_reference").asString("").equals(reference))
                    && (type == null || line.path("type").asString("").equals(type)));
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("data", page.lines());
    view.put("next", page.next());
    view.put("has_more", page.more());
    return view;
  }
}
