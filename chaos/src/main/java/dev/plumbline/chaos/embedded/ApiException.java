package dev.plumbline.chaos.embedded;

/** A request to the API that is refused, with the status and the words of Toxiproxy. */
final class ApiException extends Exception {
  private static final long serialVersionUID = 1;
  private final int status;

  private ApiException(String message, int status) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }

  static ApiException badBody(String why) {
    return new ApiException("bad request body: " + why, 400);
  }

  static ApiException missingField(String field) {
    return new ApiException("missing required field: " + field, 400);
  }

  static ApiException proxyNotFound() {
    return new ApiException("proxy not found", 404);
  }

  static ApiException proxyAlreadyExists() {
    return new ApiException("proxy already exists", 409);
  }

  static ApiException invalidStream() {
    return new ApiException("stream was invalid, can be either upstream or downstream", 400);
  }

  static ApiException invalidToxicType() {
    return new ApiException("invalid toxic type", 400);
  }

  static ApiException toxicAlreadyExists() {
    return new ApiException("toxic already exists", 409);
  }

  static ApiException toxicNotFound() {
    return new ApiException("toxic not found", 404);
  }

  static ApiException failed(String why) {
    return new ApiException(why, 500);
  }
}
