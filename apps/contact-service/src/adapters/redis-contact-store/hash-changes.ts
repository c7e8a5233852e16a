/** A Redis hash as it is read. */
export type Hash = Readonly<Record<string, string>>;

/** What makes one state of a hash into the next: fields and values by turns, and the fields that go. */
export type HashChanges = { readonly set: readonly string[]; readonly gone: readonly string[] };

/** How a hash's field stands for a part of a value. */
export type HashField<Value> = {
  readonly name: string;
  readonly isIn: (value: Value) => boolean;
  /** Asked for only where the field is in. */
  readonly text: (value: Value) => string;
  /** Whether both values have the same text for certain; cheaper than the texts. */
  readonly isSame: (one: Value, other: Value) => boolean;
  /** Whether the texts of two values that may differ are worth a comparison. */
  readonly isCompared: boolean;
};

/**
 * The changes from one value's hash to another's; from null, every field. A field whose texts are not compared may be
 * among them though it stays as it was.
 */
export const changesOf = <Value>(
  fields: readonly HashField<Value>[],
  before: Value | null,
  after: Value,
): HashChanges => {
  const set: string[] = [];
  const gone: string[] = [];
  for (const { name, isIn, text, isSame, isCompared } of fields) {
    if (before !== null && isSame(before, after)) continue;
    // The state before is asked last: some of it is read only then.
    if (isIn(after)) {
      const next = text(after);
      if (!(isCompared && before !== null && isIn(before) && text(before) === next)) set.push(name, next);
    } else if (before !== null && isIn(before)) {
      gone.push(name);
    }
  }
  return { set, gone };
};
