/**
 * What the server offers: tools, resources and prompts, their lists with verified cursors, and the
 * validation of arguments. Knows neither HTTP nor sessions; concrete tools live with their owners.
 */
@NullMarked
package dev.plumbline.server.feature;

import org.jspecify.annotations.NullMarked;
