/**
 * Brings a URI into its one form, or refuses it (RFC 3986, C10). No files, no network: what a URI
 * names is for others to find.
 */
@NullMarked
package dev.plumbline.server.uri;

import org.jspecify.annotations.NullMarked;
