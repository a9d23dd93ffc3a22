package dev.dailies.prompt.generation;

/** What is counted of generations; called once what is counted has been committed. */
public interface GenerationCounts {
  void accepted();

  void refusedRequest(Refusal refusal);

  void ended(GenerationState state);

  /** An event spoke of a generation or render that this database does not know. */
  void unknownSubject();
}
