package dev.plumbline.conformance.shape;

/**
 * A member of an object. Members that no shape mentions may be there: no page forbids them.
 *
 * @param name its name
 * @param shape what it looks like
 * @param required whether it has to be there
 * @param since the first revision that knows it
 * @param until the last revision that knows it
 */
record Member(String name, Shape shape, boolean required, String since, String until) {
  /** It has to be there. */
  static Member must(String name, Shape shape) {
    return new Member(name, shape, true, Revision.FIRST, Revision.LAST);
  }

  /** It may be left out. */
  static Member may(String name, Shape shape) {
    return new Member(name, shape, false, Revision.FIRST, Revision.LAST);
  }

  /** Known from this revision on. */
  Member since(String revision) {
    return new Member(name, shape, required, revision, until);
  }

  /** Known up to this revision. */
  Member until(String revision) {
    return new Member(name, shape, required, since, revision);
  }

  /** Looks at the member of this object. */
  void check(Spot object) {
    if (!object.isBetween(since, until)) {
      return;
    }
    if (required || object.value().has(name)) {
      shape.check(object.member(name));
    }
  }
}
