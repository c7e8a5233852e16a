/** Reads a value when it is asked for, once. */
export const lazily = <Value>(read: () => Value): (() => Value) => {
  let known: { readonly value: Value } | undefined;
  return () => {
    known ??= { value: read() };
    return known.value;
  };
};
