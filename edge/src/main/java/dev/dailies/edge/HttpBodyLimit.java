package dev.dailies.edge;

import dev.dailies.contracts.ErrorCode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Bounds the bodies that are made into objects as they come ({@code @RequestBody}): without it one
 * field of a hundred megabytes costs several times that in memory. A route that takes more reads
 * its body itself.
 */
@ControllerAdvice
final class HttpBodyLimit extends RequestBodyAdviceAdapter {
  /** Bytes. The longest such body is a few kilobytes. */
  static final int MOST = 1 << 20;

  @Override
  public boolean supports(
      MethodParameter parameter,
      Type target,
      Class<? extends HttpMessageConverter<?>> converterType) {
    return true;
  }

  @Override
  public HttpInputMessage beforeBodyRead(
      HttpInputMessage message,
      MethodParameter parameter,
      Type target,
      Class<? extends HttpMessageConverter<?>> converterType)
      throws IOException {
    if (message.getHeaders().getContentLength() > MOST) {
      throw tooLarge();
    }
    InputStream bounded = new Bounded(message.getBody());
    return new HttpInputMessage() {
      @Override
      public InputStream getBody() {
        return bounded;
      }

      @Override
      public HttpHeaders getHeaders() {
        return message.getHeaders();
      }
    };
  }

  private static RefusalException tooLarge() {
    return new RefusalException(ErrorCode.TOO_LARGE, "At most " + MOST + " bytes are taken here.");
  }

  private static final class Bounded extends FilterInputStream {
    private int left = MOST;

    private Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count(Math.max(0, read));
      return read;
    }

    private void count(int read) {
      left -= read;
      if (left < 0) {
        throw tooLarge();
      }
    }
  }
}
