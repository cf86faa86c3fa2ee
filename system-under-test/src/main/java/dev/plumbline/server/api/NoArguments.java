package dev.plumbline.server.api;

/** For tools that take nothing. */
public record NoArguments() {}
