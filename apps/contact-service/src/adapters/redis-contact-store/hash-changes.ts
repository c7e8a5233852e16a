/** A Redis hash as it is read. */
export type Hash = Readonly<Record<string, string>>;

/** What makes one state of a hash into the next: fields and values by turns, and the fields that go. */
export type HashChanges = { readonly set: readonly string[]; readonly gone: readonly string[] };

/** How a hash's field stands for a part of a value. */
export type HashField<Value> = {
  readonly name: string;
  /** Null where the hash has no such field. */
  readonly text: (value: Value) => string | null;
  /** Whether both values have the same text for certain; cheaper than the texts. */
  readonly isSame: (one: Value, other: Value) => boolean;
};

/** The changes from one value's hash to another's: the fields whose texts differ; from null, every field. */
export const changesOf = <Value>(
  fields: readonly HashField<Value>[],
  before: Value | null,
  after: Value,
): HashChanges => {
  const set: string[] = [];
  const gone: string[] = [];
  for (const { name, text, isSame } of fields) {
    if (before !== null && isSame(before, after)) continue;
    const next = text(after);
    const last = before === null ? null : text(before);
    if (next === last) continue;
    if (next === null) gone.push(name);
    else set.push(name, next);
  }
  return { set, gone };
};
