package dev.plumbline.server.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What may be said about one component of the tree of settings. A component without it takes every
 * value of its type that is not negative, and needs a restart.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {
  /** When a change of a setting counts. */
  enum Effect {
    /** At once, while the server runs. */
    LIVE,
    /** When the server starts. */
    RESTART
  }

  /** The least value, written as in a file; empty for zero. */
  String min() default "";

  /** The greatest value, written as in a file; empty for what the type can hold. */
  String max() default "";

  /** When a change counts. */
  Effect effect() default Effect.RESTART;

  /** True when the value may hold a password: only its harmless part is shown. */
  boolean secret() default false;
}
