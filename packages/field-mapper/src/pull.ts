import { type Problems, report } from './problem.ts';

/** A value that could not be had, and that has been reported already. */
export const failed: unique symbol = Symbol('failed');

/** Yields what a pair brings to one place: the value, undefined or null for empty, or {@link failed}. */
export type Pull<From> = (from: From, problems: Problems) => unknown;

/** One place on the side that is read. */
export type Source<From> = { readonly read: (from: From) => unknown; readonly pointer: string };

/** Runs `convert` on texts. Emptiness passes, anything else is the wrong type. */
export const onText =
  <From>(
    { read, pointer }: Source<From>,
    convert: (text: string, problems: Problems) => unknown,
  ): Pull<From> =>
  (from, problems) => {
    const value = read(from);
    if (typeof value === 'string') return convert(value, problems);
    if (value === null || value === undefined) return value;
    report(problems, pointer, 'WRONG_TYPE', value);
    return failed;
  };

/** Looks texts up; one that is not in the table becomes `otherwise`, or a problem where there is none. */
export const byTable = <From>(
  source: Source<From>,
  table: ReadonlyMap<string, string>,
  otherwise?: string,
): Pull<From> =>
  onText(source, (text, problems) => {
    const value = table.get(text) ?? otherwise;
    if (value !== undefined) return value;
    report(problems, source.pointer, 'NOT_IN_TABLE', text);
    return failed;
  });

/** Makes one value of several texts. */
export const byWords = <From>(
  sources: readonly Source<From>[],
  join: (words: readonly (string | null)[]) => string | null,
): Pull<From> => {
  const pulls = sources.map((source) => onText(source, (text) => text));
  return (from, problems) => {
    const words = pulls.map((pull) => pull(from, problems) ?? null);
    return words.includes(failed) ? failed : join(words as (string | null)[]);
  };
};
