package dev.dailies.review.moderation;

import dev.dailies.review.moderation.ModerationPolicy.Patience;
import dev.dailies.review.moderation.ModerationPolicy.ProviderUse;
import dev.dailies.review.moderation.ModerationPolicy.Sampling;
import dev.dailies.review.moderation.ModerationPolicy.Thresholds;
import dev.dailies.review.moderation.Signal.Medium;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Reads a policy from YAML. Whatever it does not understand is refused: a mistyped threshold must
 * not clear anything.
 */
final class PolicyFile {
  private PolicyFile() {}

  static ModerationPolicy read(String yaml) {
    YamlNode root = YamlNode.of("", new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml));
    ModerationPolicy policy =
        new ModerationPolicy(
            root.text("version"),
            providers(root),
            sampling(root.node("sampling")),
            patience(root.node("patience")),
            categories(root.node("categories")),
            unlisted(root.node("unlisted")),
            lists(root));
    root.end();
    return policy;
  }

  private static List<ProviderUse> providers(YamlNode root) {
    return root.nodes("providers").stream()
        .map(node -> {
          ProviderUse use = new ProviderUse(node.text("name"), node.flag("required", true));
          node.end();
          return use;
        })
        .toList();
  }

  private static Sampling sampling(YamlNode node) {
    Sampling sampling =
        new Sampling(node.count("minimum"), node.duration("every"), node.count("maximum"));
    node.end();
    return sampling;
  }

  private static Patience patience(YamlNode node) {
    Patience patience =
        new Patience(node.duration("text"), node.count("attempts"), node.duration("backoff"));
    node.end();
    return patience;
  }

  private static Map<String, Thresholds> categories(YamlNode node) {
    Map<String, Thresholds> categories = new LinkedHashMap<>();
    for (String category : node.keys()) {
      categories.put(category, thresholds(node.node(category)));
    }
    return categories;
  }

  private static Map<Medium, Thresholds> unlisted(YamlNode node) {
    Map<Medium, Thresholds> unlisted = new LinkedHashMap<>();
    for (String medium : node.keys()) {
      unlisted.put(Medium.valueOf(medium.toUpperCase(Locale.ROOT)), thresholds(node.node(medium)));
    }
    return unlisted;
  }

  private static Thresholds thresholds(YamlNode node) {
    Thresholds thresholds = new Thresholds(node.score("hold"), node.score("block"));
    node.end();
    return thresholds;
  }

  private static List<WordList> lists(YamlNode root) {
    return root.nodes("lists").stream()
        .map(node -> {
          WordList list =
              new WordList(
                  node.text("category"),
                  node.texts("terms"),
                  node.texts("patterns").stream().map(Pattern::compile).toList(),
                  node.flag("also-negative", false));
          node.end();
          return list;
        })
        .toList();
  }
}
