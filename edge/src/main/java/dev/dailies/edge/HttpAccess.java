package dev.dailies.edge;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.messaging.DatabaseSchema;
import jakarta.servlet.DispatcherType;
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
  private static final String ROUTE = Allow.class.getName();

  private final HttpAuthentication authentication;
  private final HttpRateLimit rate;
  private final DatabaseSchema schema;

  HttpAccess(HttpAuthentication authentication, HttpRateLimit rate, DatabaseSchema schema) {
    this.authentication = authentication;
    this.rate = rate;
    this.schema = schema;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(handler instanceof HandlerMethod method)) {
      return true;
    }
    Optional<Allow> allow = allowOf(method);
    if (allow.isEmpty() || resumed(request)) {
      return true;
    }
    if (!schema.current()) {
      throw new RefusalException(
              ErrorCode.DATABASE_UNAVAILABLE, "The database is not ready yet; try again.")
          .header("Retry-After", "2");
    }
    Principal principal = authentication.authenticate(request);
    rate.count(request, response, principal);
    request.setAttribute(ROUTE, allow.get());
    admit(request, principal);
    HttpContentForm.check(request);
    request.setAttribute(PRINCIPAL, principal);
    return true;
  }

  /** An answer that goes on later passes here again; it was counted and let in. */
  private static boolean resumed(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.ASYNC && principal(request).isPresent();
  }

  /** Refuses whom the route or the key's own scopes do not let in. */
  static void admit(HttpServletRequest request, Principal principal) {
    if (request.getAttribute(ROUTE) instanceof Allow allow
        && Arrays.stream(allow.value()).noneMatch(principal::has)) {
      throw new RefusalException(
          ErrorCode.FORBIDDEN, "Your roles do not allow that; it needs one that does.");
    }
    boolean permitted =
        principal.scopes().stream()
            .allMatch(name ->
                Scope.ofWire(name).map(scope -> scope.permits(request.getMethod())).orElse(false));
    if (!permitted) {
      throw new RefusalException(
          ErrorCode.FORBIDDEN, "This key's scopes do not allow that: " + principal.scopes());
    }
  }

  static Optional<Principal> principal(HttpServletRequest request) {
    return Optional.ofNullable(request.getAttribute(PRINCIPAL))
        .filter(Principal.class::isInstance)
        .map(Principal.class::cast);
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
