/**
 * What the user asked for: {@code plumbline.yaml} and the choices it shares with the command line,
 * parsed strictly and into values. Nothing here starts, opens or prints anything.
 */
@NullMarked
package dev.plumbline.ci.cli.config;

import org.jspecify.annotations.NullMarked;
