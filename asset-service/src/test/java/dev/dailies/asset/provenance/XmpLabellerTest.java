package dev.dailies.asset.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dailies.asset.Clips;
import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.media.Ffprobe;
import dev.dailies.media.MediaProbe;
import dev.dailies.media.ProbeOutcome;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XmpLabellerTest {
  private static final Provenance PROVENANCE =
      new Provenance(
          AssetId.mint(),
          GenerationId.mint(),
          "wan <2.2> & \"friends\" \u0000\uFFFE",
          Optional.of("2.2.1"),
          Instant.parse("2026-11-24T12:00:00.123Z"));

  private final XmpLabeller labeller = new XmpLabeller();
  @TempDir Path folder;

  @Test
  void an_mp4_carries_the_marking_behind_everything_else_and_plays_on() throws Exception {
    byte[] clip = Clips.moving(1);
    Path file = Files.write(folder.resolve("a.mp4"), clip);
    MediaProbe before = probe(file);

    labeller.labelMp4(file, PROVENANCE);

    byte[] labelled = Files.readAllBytes(file);
    assertThat(Arrays.copyOf(labelled, clip.length)).isEqualTo(clip);
    assertThat(Mp4Boxes.of(file)).isEqualTo(new Mp4Boxes(true, true));
    assertThat(probe(file).video()).isEqualTo(before.video());
    assertMarking(
        new String(
            labelled,
            clip.length + 24,
            labelled.length - clip.length - 24,
            StandardCharsets.UTF_8));
  }

  @Test
  void a_jpeg_carries_the_marking_and_can_be_seen() throws Exception {
    Path file = folder.resolve("a.jpg");
    ImageIO.write(new BufferedImage(32, 18, BufferedImage.TYPE_INT_RGB), "jpg", file.toFile());

    labeller.labelJpeg(file, PROVENANCE);

    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(32);
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(text).contains("http://ns.adobe.com/xap/1.0/\0");
    assertMarking(text.substring(text.indexOf("<?xpacket"), text.indexOf("<?xpacket end") + 19));
  }

  @Test
  void nothing_is_appended_to_a_file_whose_last_box_has_no_end() throws IOException {
    byte[] open = {0, 0, 0, 0, 'm', 'd', 'a', 't', 1, 2, 3};
    Path file = Files.write(folder.resolve("open.mp4"), open);

    assertThatThrownBy(() -> labeller.labelMp4(file, PROVENANCE)).isInstanceOf(IOException.class);

    assertThat(Files.readAllBytes(file)).isEqualTo(open);
  }

  private static void assertMarking(String packet) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    var document =
        factory
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(packet.strip().getBytes(StandardCharsets.UTF_8)));
    var type =
        document.getElementsByTagNameNS(
            "http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "DigitalSourceType");
    assertThat(type.item(0).getTextContent())
        .isEqualTo("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia");
    var system =
        document.getElementsByTagNameNS(
            "http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "AISystemUsed");
    assertThat(system.item(0).getTextContent()).isEqualTo("wan <2.2> & \"friends\" ");
    assertThat(packet).contains("AI GENERATED", PROVENANCE.asset().value(), "2.2.1");
  }

  private static MediaProbe probe(Path file) throws Exception {
    return ((ProbeOutcome.Probed) Ffprobe.probeCounting(file)).probe();
  }
}
