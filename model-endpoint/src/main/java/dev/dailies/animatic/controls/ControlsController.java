package dev.dailies.animatic.controls;

import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /controls}: the markers that hold when a request says nothing, {@code
 * {"markers":"[[slow=2s]]"}}. There only if the start option allows misbehaviour.
 */
@RestController
@ConditionalOnProperty("dailies.animatic.controls")
final class ControlsController {
  private final ControlDesk desk;

  ControlsController(ControlDesk desk) {
    this.desk = desk;
  }

  @GetMapping("/controls")
  Map<String, String> look() {
    return Map.of("markers", desk.defaults());
  }

  @PutMapping("/controls")
  ResponseEntity<Map<String, String>> set(@RequestBody Map<String, String> wanted) {
    try {
      desk.setDefaults(wanted.getOrDefault("markers", ""));
      return ResponseEntity.ok(look());
    } catch (IllegalArgumentException e) {
      return ResponseEntity.badRequest().body(Map.of("message", String.valueOf(e.getMessage())));
    }
  }

  @DeleteMapping("/controls")
  Map<String, String> clear() {
    desk.setDefaults("");
    return look();
  }
}
