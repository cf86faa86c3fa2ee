package dev.plumbline.server.protocol;

/** Reads one JSON-RPC message from the bytes of a body or a line. */
@FunctionalInterface
public interface Decoder {
  /** Never throws for what the bytes say. */
  Decoded decode(byte[] bytes);
}
