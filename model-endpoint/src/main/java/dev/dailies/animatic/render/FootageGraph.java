package dev.dailies.animatic.render;

import java.util.Locale;

/**
 * The part of a description that shows another clip, which is input 0: its picture, fitted to the
 * new one's size and rate, and its sound.
 */
final class FootageGraph {
  private static final String STEREO =
      "aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo";

  private final ClipSpec spec;
  private final Style style;

  FootageGraph(ClipSpec spec, Style style) {
    this.spec = spec;
    this.style = style;
  }

  /** Seen throughout, its colours turned as the prompt decides; it stands still when it is over. */
  String recoloured() {
    return format(
        "[0:v]%s,tpad=stop_mode=clone:stop=-1,hue=h=%d,%s",
        fitted(), 60 + style.noiseSeed() % 241, FilterGraph.TO_VIDEO);
  }

  /**
   * The clip, then a slow approach to its last frame.
   *
   * @param closing how the approach is described, from a picture on
   */
  String extended(int lead, String closing) {
    // Two frames to spare: a container may promise one more than it holds.
    return format(
        "[0:v]%s,tpad=stop_mode=clone:stop=2,%s,split[whole][end];"
            + "[whole]trim=end_frame=%d,setpts=PTS-STARTPTS[lead];"
            + "[end]trim=start_frame=%d:end_frame=%d,setpts=PTS-STARTPTS,%s,trim=end_frame=%d,"
            + "setpts=PTS-STARTPTS[rest];[lead][rest]concat=n=2:v=1:a=0",
        fitted(),
        FilterGraph.TO_VIDEO,
        lead,
        lead - 1,
        lead,
        closing,
        Math.max(1, spec.frames() - lead));
  }

  /** Its sound for as many frames, with silence where it has none. */
  String sound(boolean heard, int frames) {
    String seconds = spec.seconds(frames);
    return heard
        ? format("[0:a]%s,apad,atrim=end=%s,asetpts=PTS-STARTPTS", STEREO, seconds)
        : format("anullsrc=r=48000:cl=stereo:d=%s,%s", seconds, STEREO);
  }

  /** Its sound, then another one. */
  String soundThen(boolean heard, int lead, String more) {
    return format(
        "%s[before];%s,%s[after];[before][after]concat=n=2:v=0:a=1",
        sound(heard, lead), more, STEREO);
  }

  private String fitted() {
    return format(
        "fps=%d:start_time=0,scale=%d:%d:force_original_aspect_ratio=increase:flags=bicubic,"
            + "crop=%d:%d,setsar=1",
        spec.rate(), spec.width(), spec.height(), spec.width(), spec.height());
  }

  @SuppressWarnings("AnnotateFormatMethod") // The annotation would be a dependency for one hint.
  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
