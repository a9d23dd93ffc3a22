package dev.dailies.asset.reference;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.edge.RefusalException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.util.WebUtils;

/** A form that holds one file, as {@code curl -F file=@picture.png} sends it, and nothing else. */
final class HttpReferenceForm {
  private static final String FILE = "file";

  private HttpReferenceForm() {}

  static InputStream file(HttpServletRequest request) throws IOException {
    MultipartHttpServletRequest form =
        WebUtils.getNativeRequest(request, MultipartHttpServletRequest.class);
    if (form == null) {
      throw new RefusalException(ErrorCode.INVALID_BODY, "The form can't be read.");
    }
    Map<String, List<MultipartFile>> files = form.getMultiFileMap();
    List<MultipartFile> wanted = files.getOrDefault(FILE, List.of());
    if (files.size() > 1 || wanted.size() != 1 || !form.getParameterMap().isEmpty()) {
      throw new RefusalException(
              ErrorCode.INVALID_REQUEST, "A form holds one file, under the name 'file'; no more.")
          .param(FILE);
    }
    return wanted.getFirst().getInputStream();
  }
}
