package dev.dailies.asset.provenance;

/** The words of the AI marking. */
public final class Marking {
  /** What a person should read beside the video. */
  public static final String LABEL = "AI GENERATED";

  /** IPTC's term for what a trained model made. */
  public static final String DIGITAL_SOURCE_TYPE =
      "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

  private Marking() {}
}
