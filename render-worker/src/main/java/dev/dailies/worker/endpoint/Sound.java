package dev.dailies.worker.endpoint;

/** How much sound is asked of a model. */
public enum Sound {
  /** Whatever the model does. */
  MODEL_DEFAULT,
  NONE,
  AMBIENCE,
  FULL
}
