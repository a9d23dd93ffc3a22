package dev.dailies.asset.reference;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which generations need which references, in PostgreSQL. */
final class JdbcReferenceUses implements ReferenceUses {
  private final JdbcClient jdbc;

  JdbcReferenceUses(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void used(String generation, List<String> references) {
    for (String reference : references) {
      jdbc.sql(
              """
              insert into reference_use (generation, reference, ended)
              select :generation, :reference, exists (
                select from reference_use where generation = :generation and ended)
              on conflict do nothing
              """)
          .param("generation", generation)
          .param("reference", reference)
          .update();
    }
  }

  @Override
  public void ended(String generation) {
    jdbc.sql("update reference_use set ended = true where generation = ?")
        .param(generation)
        .update();
  }
}
