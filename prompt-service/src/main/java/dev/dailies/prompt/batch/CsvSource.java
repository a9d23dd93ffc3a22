package dev.dailies.prompt.batch;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.dailies.contracts.ErrorCode;
import dev.dailies.edge.RefusalException;
import dev.dailies.prompt.batch.BatchLine.Problem;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * CSV as RFC 4180 has it, in UTF-8, with commas and a header row. A quote that is never closed
 * swallows what follows: there the reading ends.
 */
final class CsvSource implements BatchSource {
  /** What the decoder puts in place of bytes that are none: only their row is refused. */
  private static final char NOT_UTF8 = '\ufffd';

  private final CloseableIterator<CsvRecord> records;
  private final CsvColumns columns;
  private final Quotes quotes;
  private long line = 1;
  private boolean ended;

  /** Reads the header; one that can't be used is refused as a whole. */
  CsvSource(InputStream in) throws IOException {
    quotes = new Quotes(new InputStreamReader(in, StandardCharsets.UTF_8));
    records =
        CsvReader.builder()
            .maxBufferSize(LONGEST_LINE)
            .allowMissingFields(true)
            .allowExtraFields(true)
            .ofCsvRecord(quotes)
            .iterator();
    try {
      columns = CsvColumns.of(read().map(CsvRecord::getFields).orElse(List.of()));
    } catch (CsvParseException e) {
      throw new RefusalException(ErrorCode.INVALID_BODY, "The header is not CSV.");
    }
  }

  @Override
  public Optional<BatchLine> next() throws IOException {
    if (ended) {
      return Optional.empty();
    }
    try {
      return read().map(this::line);
    } catch (CsvParseException e) {
      ended = true;
      return Optional.of(
          new BatchLine.End(
              line + 1,
              new Problem(
                  ErrorCode.INVALID_BODY,
                  "From here on it is not CSV, or a row is too long; the rest is not read.",
                  "line")));
    }
  }

  private Optional<CsvRecord> read() throws IOException {
    try {
      if (!records.hasNext()) {
        ended = true;
        return Optional.empty();
      }
      CsvRecord record = records.next();
      if (quotes.open() && !records.hasNext()) {
        throw new CsvParseException("a quote is not closed");
      }
      line = record.getStartingLineNumber();
      return Optional.of(record);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (NoSuchElementException e) {
      throw new IOException(e);
    }
  }

  private BatchLine line(CsvRecord record) {
    List<String> fields = record.getFields();
    int size = fields.stream().mapToInt(String::length).sum();
    if (size > LARGEST_ITEM) {
      return new BatchLine.Bad(
          line,
          columns.key(fields),
          new Problem(
              ErrorCode.TOO_LARGE, "A row holds at most " + LARGEST_ITEM + " characters.", "line"));
    }
    if (fields.size() != columns.size()) {
      return new BatchLine.Bad(
          line,
          columns.key(fields),
          new Problem(
              ErrorCode.INVALID_BODY,
              "The row has %d fields, the header %d.".formatted(fields.size(), columns.size()),
              "line"));
    }
    if (fields.stream().anyMatch(field -> field.indexOf(NOT_UTF8) >= 0)) {
      return new BatchLine.Bad(
          line,
          Optional.empty(),
          new Problem(ErrorCode.INVALID_BODY, "The row is not UTF-8.", "line"));
    }
    return new BatchLine.Item(line, columns.key(fields), columns.request(fields));
  }

  @Override
  public boolean more() {
    return true;
  }

  /** Counts them: the parser takes the end of the file for the end of a quoted field too. */
  private static final class Quotes extends FilterReader {
    private long count;
    private boolean ended;

    Quotes(Reader in) {
      super(in);
    }

    /** Whether all was read, and the last of them opened a field that nothing closed. */
    boolean open() {
      return ended && count % 2 == 1;
    }

    @Override
    public int read() throws IOException {
      char[] one = new char[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] buffer, int from, int length) throws IOException {
      int got = super.read(buffer, from, length);
      ended = got < 0;
      for (int i = from; i < from + got; i++) {
        count += buffer[i] == '"' ? 1 : 0;
      }
      return got;
    }
  }
}
