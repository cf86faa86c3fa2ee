/**
 * Who may use a server over HTTP: signed access tokens of an authorization server that the settings
 * name, what they are good for, and the document that tells clients where to get one. Obtaining a
 * token does not belong here, that is a client's business.
 */
@NullMarked
package dev.plumbline.server.access;

import org.jspecify.annotations.NullMarked;
