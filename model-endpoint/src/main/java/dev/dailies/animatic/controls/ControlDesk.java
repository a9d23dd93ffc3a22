package dev.dailies.animatic.controls;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides which markers hold for a request: those in its prompt, else those of its header, else the
 * defaults that were set by the admin call. Off, it knows none, and a marker is plain text.
 *
 * <p>{@code [[429=2s times=3]]} holds for the first three creates with exactly this prompt since
 * the start; without {@code times} a marker holds for every one.
 */
public final class ControlDesk {
  private static final Pattern FORM =
      Pattern.compile("\\[\\[([a-z0-9-]+)(?:=([^\\]\\s]*))?(?:\\s+times=(\\d{1,6}))?\\s*]]");

  private final boolean on;
  private final Map<String, AtomicInteger> uses = new ConcurrentHashMap<>();
  private volatile String defaults = "";

  public ControlDesk(boolean on) {
    this.on = on;
  }

  /** Whether misbehaviour is allowed at all. */
  public boolean isOn() {
    return on;
  }

  /** The markers that hold when a request says nothing. */
  public String defaults() {
    return defaults;
  }

  /**
   * Sets the defaults, in the form of a prompt, and starts all counts anew.
   *
   * @throws IllegalArgumentException if a value is not understood; nothing is changed then
   */
  public void setDefaults(String markers) {
    for (Matcher found = FORM.matcher(markers); found.find(); ) {
      Marker marker =
          Marker.named(found.group(1))
              .orElseThrow(() -> new IllegalArgumentException("no marker " + found.group(1)));
      read(marker, found);
    }
    uses.clear();
    defaults = markers;
  }

  /** What holds for this create; counts it. */
  public Directives forCreate(String prompt, Optional<String> header) {
    if (!on) {
      return Directives.none();
    }
    return found(prompt, prompt)
        .over(header.map(markers -> found(markers, prompt)).orElse(Directives.none()))
        .over(found(defaults, ""));
  }

  /** The prompt as it is to be shown: without its markers, if they are obeyed. */
  public String shown(String prompt) {
    return on ? FORM.matcher(prompt).replaceAll("").strip() : prompt;
  }

  private Directives found(String markers, String countedBy) {
    Map<Marker, String> all = new EnumMap<>(Marker.class);
    for (Matcher found = FORM.matcher(markers); found.find(); ) {
      Optional<Marker> marker = Marker.named(found.group(1));
      if (marker.isPresent() && holds(marker.get(), found, countedBy)) {
        all.putAll(read(marker.get(), found).markers());
      }
    }
    return new Directives(all);
  }

  private boolean holds(Marker marker, Matcher found, String countedBy) {
    String times = found.group(3);
    if (times == null) {
      return true;
    }
    AtomicInteger used =
        uses.computeIfAbsent(marker.wire() + "\n" + countedBy, key -> new AtomicInteger());
    return used.incrementAndGet() <= Integer.parseInt(times);
  }

  private static Directives read(Marker marker, Matcher found) {
    return new Directives(Map.of(marker, Optional.ofNullable(found.group(2)).orElse("")));
  }
}
