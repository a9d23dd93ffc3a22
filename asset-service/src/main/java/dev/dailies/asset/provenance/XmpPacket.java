package dev.dailies.asset.provenance;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The marking as an XMP packet. Sources: Adobe XMP specification, part 1; IPTC Photo Metadata
 * 2025.1 ({@code DigitalSourceType}, {@code AISystemUsed}, {@code AISystemVersionUsed}), which
 * IPTC's video metadata shares.
 */
final class XmpPacket {
  private XmpPacket() {}

  static String of(Provenance provenance) {
    Instant at = provenance.renderedAt().truncatedTo(ChronoUnit.SECONDS);
    String version =
        provenance
            .modelVersion()
            .map(v -> "\n   <Iptc4xmpExt:AISystemVersionUsed>" + escape(v))
            .map(v -> v + "</Iptc4xmpExt:AISystemVersionUsed>")
            .orElse("");
    return """
    <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
    <x:xmpmeta xmlns:x="adobe:ns:meta/">
     <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description rdf:about=""
        xmlns:xmp="http://ns.adobe.com/xap/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"
        xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
        xmlns:dailies="https://dailies.dev/xmp/1.0/">
       <xmp:CreatorTool>Dailies</xmp:CreatorTool>
       <xmp:CreateDate>%s</xmp:CreateDate>
       <xmp:Label>%s</xmp:Label>
       <dc:identifier>%s</dc:identifier>
       <Iptc4xmpExt:DigitalSourceType>%s</Iptc4xmpExt:DigitalSourceType>
       <Iptc4xmpExt:AISystemUsed>%s</Iptc4xmpExt:AISystemUsed>%s
       <dailies:generation>%s</dailies:generation>
       <dailies:asset>%s</dailies:asset>
      </rdf:Description>
     </rdf:RDF>
    </x:xmpmeta>
    <?xpacket end="r"?>
    """
        .formatted(
            at,
            Marking.LABEL,
            provenance.asset(),
            Marking.DIGITAL_SOURCE_TYPE,
            escape(provenance.model()),
            version,
            provenance.generation(),
            provenance.asset());
  }

  private static String escape(String text) {
    return text.codePoints()
        .filter(c -> c >= 0x20 && !Character.isSurrogate((char) Math.min(c, 0xFFFF)) && c != 0xFFFE)
        .collect(
            StringBuilder::new,
            (to, c) -> {
              switch (c) {
                case '<' -> to.append("&lt;");
                case '>' -> to.append("&gt;");
                case '&' -> to.append("&amp;");
                case '"' -> to.append("&quot;");
                default -> to.appendCodePoint(c);
              }
            },
            StringBuilder::append)
        .toString();
  }
}
