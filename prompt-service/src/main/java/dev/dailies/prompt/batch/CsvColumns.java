package dev.dailies.prompt.batch;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.edge.RefusalException;
import dev.dailies.prompt.generation.GenerationRequests;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the columns of a CSV batch mean: the fields of a request by their names, {@code
 * dimension.<name>} and {@code metadata.<name>}; {@code locale}, {@code format} and {@code channel}
 * are dimensions too. An empty cell says nothing.
 */
final class CsvColumns {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String KEY = "key";
  private static final String DIMENSION = "dimension.";
  private static final String METADATA = "metadata.";
  private static final Set<String> DIMENSIONS = Set.of("locale", "format", "channel");
  private static final Set<String> NUMBERS = Set.of("seed", "variations");
  private static final int MOST = 100;

  /** The fields of a request; those that hold names and values have columns for each name. */
  private static final Set<String> KNOWN =
      Stream.concat(
              Stream.of(KEY),
              GenerationRequests.FIELDS.stream()
                  .filter(name -> !name.equals("dimensions") && !name.equals("metadata")))
          .collect(Collectors.toUnmodifiableSet());

  private final List<String> names;

  private CsvColumns(List<String> names) {
    this.names = names;
  }

  static CsvColumns of(List<String> header) {
    List<String> names =
        header.stream()
            .limit(MOST + 1L)
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .toList();
    if (!names.contains("prompt") || names.size() > MOST) {
      throw refuse("The header names the columns, at most " + MOST + ", 'prompt' among them.");
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      boolean known =
          KNOWN.contains(name)
              || DIMENSIONS.contains(name)
              || name.length() > DIMENSION.length() && name.startsWith(DIMENSION)
              || name.length() > METADATA.length() && name.startsWith(METADATA);
      if (!known) {
        throw refuse(
            "Column %d is not known; there are %s, %s, dimension.<name> and metadata.<name>."
                .formatted(i + 1, new TreeSet<>(KNOWN), new TreeSet<>(DIMENSIONS)));
      }
      if (!seen.add(DIMENSIONS.contains(name) ? DIMENSION + name : name)) {
        throw refuse("Column " + (i + 1) + " is there twice.");
      }
    }
    return new CsvColumns(names);
  }

  private static RefusalException refuse(String message) {
    return new RefusalException(ErrorCode.INVALID_BODY, message).param("header");
  }

  int size() {
    return names.size();
  }

  Optional<String> key(List<String> row) {
    int column = names.indexOf(KEY);
    return column < 0 || column >= row.size() || row.get(column).isEmpty()
        ? Optional.empty()
        : Optional.of(row.get(column));
  }

  ObjectNode request(List<String> row) {
    ObjectNode request = JSON.createObjectNode();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String cell = row.get(i);
      if (cell.isEmpty() || name.equals(KEY)) {
        continue;
      }
      if (DIMENSIONS.contains(name)) {
        request.withObjectProperty("dimensions").put(name, cell);
      } else if (name.startsWith(DIMENSION)) {
        request.withObjectProperty("dimensions").put(name.substring(DIMENSION.length()), cell);
      } else if (name.startsWith(METADATA)) {
        request.withObjectProperty("metadata").put(name.substring(METADATA.length()), cell);
      } else if (NUMBERS.contains(name) && cell.matches("-?[0-9]{1,18}")) {
        request.put(name, Long.parseLong(cell));
      } else {
        request.put(name, cell);
      }
    }
    return request;
  }
}
