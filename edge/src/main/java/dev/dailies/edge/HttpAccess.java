package dev.dailies.edge;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.messaging.DatabaseSchema;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets in whom a route's {@link Allow} names, and tells the controller who it is. */
final class HttpAccess implements HandlerInterceptor, HandlerMethodArgumentResolver {
  private static final String PRINCIPAL = Principal.class.getName();

  private final KeyDirectory keys;
  private final DatabaseSchema schema;

  HttpAccess(KeyDirectory keys, DatabaseSchema schema) {
    this.keys = keys;
    this.schema = schema;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(handler instanceof HandlerMethod method)) {
      return true;
    }
    Optional<Allow> allow = allowOf(method);
    if (allow.isEmpty()) {
      return true;
    }
    if (!schema.current()) {
      throw new RefusalException(
              ErrorCode.DATABASE_UNAVAILABLE, "The database is not ready yet; try again.")
          .header("Retry-After", "2");
    }
    Principal principal = authenticate(request);
    if (Arrays.stream(allow.get().value()).noneMatch(principal::has)
        && !principal.has(Role.OWNER)) {
      throw new RefusalException(
          ErrorCode.FORBIDDEN, "This key's roles do not allow that; it needs one that does.");
    }
    request.setAttribute(PRINCIPAL, principal);
    return true;
  }

  private Principal authenticate(HttpServletRequest request) {
    String digest =
        HttpKeyCheck.digest(request)
            .orElseThrow(() ->
                new RefusalException(
                    ErrorCode.INVALID_API_KEY, "Send your key as 'Authorization: Bearer <key>'."));
    Optional<Principal> found = keys.find(digest);
    if (found.isEmpty() && !keys.ready()) {
      throw new RefusalException(
              ErrorCode.ACCESS_NOT_READY, "The keys have not been read yet; try again.")
          .header("Retry-After", "1");
    }
    return found.orElseThrow(() ->
        new RefusalException(
            ErrorCode.INVALID_API_KEY, "This key is unknown, expired or revoked."));
  }

  static Optional<Allow> allowOf(HandlerMethod method) {
    return Optional.ofNullable(
            AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), Allow.class))
        .or(() ->
            Optional.ofNullable(
                AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), Allow.class)));
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Principal.class;
  }

  @Override
  public @Nullable Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer model,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binder) {
    return request.getAttribute(PRINCIPAL, RequestAttributes.SCOPE_REQUEST);
  }
}
