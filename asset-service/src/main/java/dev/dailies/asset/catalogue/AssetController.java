package dev.dailies.asset.catalogue;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.edge.Allow;
import dev.dailies.edge.Principal;
import dev.dailies.edge.RefusalException;
import dev.dailies.edge.Role;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/assets}: what is known of assets. Facts only; the media are handed out elsewhere. */
@RestController
@RequestMapping("/api/assets")
@Allow({Role.PRODUCER, Role.REVIEWER, Role.MODERATOR, Role.APPROVER, Role.OPERATOR})
class AssetController {
  /** A list, in the shape in which all lists of this API come. */
  record Assets(List<AssetFacts> data) {}

  private final AssetCatalogue catalogue;

  AssetController(AssetCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  @GetMapping("/{id}")
  AssetFacts asset(@PathVariable String id, Principal principal) {
    return catalogue
        .find(principal.workspace(), id)
        .orElseThrow(() -> new RefusalException(ErrorCode.NOT_FOUND, "There is no such asset."));
  }

  @GetMapping
  Assets assets(
      @RequestParam Optional<String> generation,
      @RequestParam Optional<String> shot,
      Principal principal) {
    if (generation.isPresent() == shot.isPresent()) {
      throw new RefusalException(
          ErrorCode.INVALID_REQUEST, "Name either a generation or a shot, not both.");
    }
    return new Assets(
        generation.isPresent()
            ? catalogue.ofGeneration(principal.workspace(), generation.get())
            : catalogue.ofShot(principal.workspace(), shot.orElseThrow()));
  }
}
