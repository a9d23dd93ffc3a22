package dev.dailies.animatic.render;

import dev.dailies.media.FfmpegCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * ffmpeg's description of a clip: filters that draw the picture, {@code [v]}, and make the sound,
 * {@code [a]}. Drawing happens inside ffmpeg, one process per clip; what does not move is drawn
 * once and slid over the rest, so that the time goes into the encoder.
 */
final class FilterGraph {
  static final String TO_VIDEO = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p";
  private static final List<String> BARS =
      List.of("0xbfbfbf", "0xbfbf00", "0x00bfbf", "0x00bf00", "0xbf00bf", "0xbf0000", "0x0000bf");

  private final ClipSpec spec;
  private final boolean heard;
  private final Style style;
  private final FootageGraph footage;

  /**
   * @param heard whether the footage, if there is any, has sound
   */
  FilterGraph(ClipSpec spec, boolean heard) {
    this.spec = spec;
    this.heard = heard;
    this.style = Style.of(spec.prompt(), spec.seed());
    this.footage = new FootageGraph(spec, style);
  }

  /** The whole description; the caption's lines stand in the files, from top to bottom. */
  String describe(Caption caption, Path font, List<Path> lines) {
    String picture =
        switch (spec.picture()) {
          case SCENE -> shown(captioned(caption, font, lines));
          case TEST_CARD -> testCard();
          case BLACK -> format("color=c=black:s=%s:r=%d,%s", size(), spec.rate(), TO_VIDEO);
        };
    String whole = picture + format(",trim=end_frame=%d[v]", spec.frames());
    return switch (spec.sound()) {
      case TONE -> whole + ";" + heard() + "[a]";
      case SILENCE -> whole + format(";anullsrc=r=48000:cl=stereo:d=%s[a]", spec.seconds());
      case NONE -> whole;
    };
  }

  private String shown(String captioned) {
    if (spec.footage().isEmpty()) {
      String uncaptioned =
          spec.still().isPresent() ? "[0:v]" + fitted() + "," + approached(spec.frames()) : scene();
      return uncaptioned + captioned;
    }
    OptionalInt lead = spec.footage().get().lead();
    return lead.isEmpty()
        ? footage.recoloured() + captioned
        : footage.extended(lead.getAsInt(), approached(rest(lead.getAsInt())) + captioned);
  }

  private String heard() {
    if (spec.footage().isEmpty()) {
      return tone(spec.frames());
    }
    OptionalInt lead = spec.footage().get().lead();
    return lead.isEmpty()
        ? footage.sound(heard, spec.frames())
        : footage.soundThen(heard, lead.getAsInt(), tone(rest(lead.getAsInt())));
  }

  private int rest(int lead) {
    return Math.max(1, spec.frames() - lead);
  }

  private String scene() {
    int smallWidth = even(spec.width() / 4);
    int smallHeight = even(spec.height() / 4);
    // Upright pictures have no taller hills than wide ones.
    int ridge = Math.min(spec.height(), spec.width());
    int side = even(Math.min(spec.width(), spec.height()) / 4);
    String sky =
        format(
            "gradients=s=%dx%d:r=%d:n=3:c0=%s:c1=%s:c2=%s:speed=0.008:seed=%d:type=linear"
                + ":x0=0:y0=0:x1=%d:y1=%d,scale=%d:%d:flags=bilinear:out_color_matrix=bt709:out_range=tv,"
                + "format=yuv420p[sky]",
            smallWidth,
            smallHeight,
            spec.rate(),
            style.skyHigh(),
            style.skyMiddle(),
            style.skyLow(),
            style.noiseSeed(),
            smallWidth / 3,
            smallHeight,
            spec.width(),
            spec.height());
    String disc =
        sprite(
            style.disc(),
            side,
            side,
            "clip((W/2-hypot(X-W/2+0.5,Y-H/2+0.5))/(W/30+1),0,1)",
            "disc");
    String far = hills(style.far(), ridge / 3, style.farWaves(), style.farPhase(), "far");
    String near = hills(style.near(), ridge / 4, style.nearWaves(), style.nearPhase(), "near");
    String along = style.leftward() ? "-" : "";
    String moving =
        format(
            "[sky][disc]overlay=x='W*(%.4f%s%.4f*n/%d)':y='H*(%.4f+0.04*sin(n/%d))':format=yuv420[s1];"
                + "[s1][far]overlay=x='%s':y=H-h:format=yuv420[s2];"
                + "[s2][near]overlay=x='%s':y=H-h:format=yuv420,"
                // Grain also keeps the encoder from leaving specks where flat areas moved.
                + "noise=c0s=6:c0f=t+u:c0_seed=%d",
            style.discX() + (style.leftward() ? style.drift() : 0),
            along.isEmpty() ? "+" : "-",
            style.drift(),
            spec.frames(),
            style.discY(),
            spec.rate() / 2 + 1,
            slide(8),
            slide(3),
            style.noiseSeed());
    return String.join(";", sky, disc, far, near, moving);
  }

  /** Where a layer twice as wide as the picture stands, once round in so many seconds. */
  private String slide(int seconds) {
    String step = format("mod(n*W/%d,W)", seconds * spec.rate());
    return style.leftward() ? "-" + step : step + "-W";
  }

  private String hills(String colour, int height, int waves, double phase, String name) {
    // A whole number of waves per picture width, so that the layer meets itself when it wraps.
    String ridge =
        format(
            "clip(0.4*(Y-H*(0.42+0.22*sin(X/W*%d*PI+%.4f)+0.12*sin(X/W*%d*PI))),0,1)",
            4 * waves, phase, 4 * (waves * 2 + 1));
    return sprite(colour, spec.width() * 2, even(height), ridge, name);
  }

  /** A picture of one colour whose opacity is an expression of the place, drawn once. */
  private String sprite(String colour, int width, int height, String opacity, String name) {
    return format(
        "color=c=%s:s=%dx%d:r=%d,trim=end_frame=1,scale=out_color_matrix=bt709:out_range=tv,"
            + "format=yuva444p,geq=lum='p(X,Y)':cb='p(X,Y)':cr='p(X,Y)':a='255*%s',"
            + "format=yuva420p,loop=loop=-1:size=1:start=0[%s]",
        colour, width, height, spec.rate(), opacity, name);
  }

  private String fitted() {
    return format(
        "scale=%d:%d:force_original_aspect_ratio=increase:flags=bicubic,crop=%d:%d,setsar=1",
        spec.width(), spec.height(), spec.width(), spec.height());
  }

  /** A picture, slowly approached. */
  private String approached(int frames) {
    return format(
        "zoompan=z='1+0.15*on/%d':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=%d:s=%s:fps=%d,"
            + TO_VIDEO,
        frames,
        frames,
        size(),
        spec.rate());
  }

  private String captioned(Caption caption, Path font, List<Path> lines) {
    if (lines.isEmpty()) {
      return "";
    }
    int size = caption.fontSize();
    int step = size * 5 / 4;
    int bottom = spec.height() - size;
    int top = bottom - step * lines.size() - size / 2;
    boolean covers = spec.footage().isPresent();
    StringBuilder text = new StringBuilder();
    text.append(
        format(
            ",drawbox=x=0:y=%d:w=iw:h=%d:color=black@%s:t=fill",
            Math.max(0, top),
            // Footage may have a caption already, which an approach moves downwards.
            (covers ? spec.height() : bottom) - top,
            covers ? "1" : "0.5"));
    for (int i = 0; i < lines.size(); i++) {
      text.append(
          format(
              ",drawtext=fontfile=%s:textfile=%s:expansion=none:fontsize=%d:fontcolor=white"
                  + ":x=(w-tw)/2:y_align=baseline:y=%d",
              FfmpegCommand.filterValue(font.toString()),
              FfmpegCommand.filterValue(lines.get(i).toString()),
              size,
              bottom - step * (lines.size() - 1 - i) - size / 2));
    }
    return text.toString();
  }

  private String testCard() {
    StringBuilder card = new StringBuilder();
    card.append(
        format("color=c=black:s=%s:r=%d,trim=end_frame=1,format=rgb24", size(), spec.rate()));
    for (int i = 0; i < BARS.size(); i++) {
      int from = spec.width() * i / BARS.size();
      int to = spec.width() * (i + 1) / BARS.size();
      card.append(
          format(",drawbox=x=%d:y=0:w=%d:h=ih:color=%s:t=fill", from, to - from, BARS.get(i)));
    }
    return card.append(",").append(TO_VIDEO).append(",loop=loop=-1:size=1:start=0").toString();
  }

  private String tone(int frames) {
    String pluck =
        format(
            "0.25*exp(-4*mod(t,%.4f)/%.4f)*sin(2*PI*t*%.4f*pow(2,mod(floor(t/%.4f)*7,12)/12))",
            style.beat(), style.beat(), style.note() * 2, style.beat());
    String hum = format("0.08*sin(2*PI*%.4f*t)*(0.6+0.4*sin(PI*t))", style.note());
    return format(
        "aevalsrc=d=%s:s=48000:exprs='%s+%s',pan=stereo|c0=c0|c1=c0",
        spec.seconds(frames), pluck, hum);
  }

  private String size() {
    return spec.width() + "x" + spec.height();
  }

  private static int even(int pixels) {
    return Math.max(2, pixels / 2 * 2);
  }

  @SuppressWarnings("AnnotateFormatMethod") // The annotation would be a dependency for one hint.
  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
