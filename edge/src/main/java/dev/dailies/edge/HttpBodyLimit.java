package dev.dailies.edge;

import dev.dailies.contracts.ErrorCode;
import java.io.ByteArrayInputStream;
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
 * field of a hundred megabytes costs several times that in memory, and a parser guesses at
 * encodings. A route that takes more reads its body itself.
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
    byte[] body = message.getBody().readNBytes(MOST + 1);
    if (body.length > MOST) {
      throw tooLarge();
    }
    if (!Utf8.isText(body, body.length)) {
      throw new RefusalException(ErrorCode.INVALID_BODY, "The body is not in UTF-8.");
    }
    return new HttpInputMessage() {
      @Override
      public InputStream getBody() {
        return new ByteArrayInputStream(body);
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
}
