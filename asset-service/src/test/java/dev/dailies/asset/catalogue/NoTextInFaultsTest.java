package dev.dailies.asset.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dailies.asset.AssetServiceFixture;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** What a failing statement says is logged, and a log is out of erasure's reach. */
class NoTextInFaultsTest extends AssetServiceFixture {
  @Test
  void a_row_that_the_database_refuses_is_not_quoted() {
    Throwable fault =
        catchThrowable(() ->
            jdbc.sql(
                    """
                    insert into generation_text (generation, workspace, version, prompt)
                    values ('video_x', null, 1, ?)
                    """)
                .param("a lake that nobody knows")
                .update());

    StringWriter logged = new StringWriter();
    fault.printStackTrace(new PrintWriter(logged, true));
    assertThat(logged.toString()).contains("workspace").doesNotContain("a lake");
  }
}
