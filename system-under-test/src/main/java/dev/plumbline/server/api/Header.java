package dev.plumbline.server.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Mirrors an argument into the HTTP header {@code Mcp-Param-…} (2026-07-28 server/tools,
 * x-mcp-header). For text, whole numbers and booleans; never for anything secret.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Header {
  /** What follows {@code Mcp-Param-}. */
  String value();
}
