import type { FieldError } from '../app-error.ts';
import { setOwnMember } from '../own-member.ts';
import { exactNumberOf, numberOf } from './raw-number.ts';

/** What a JSON text says, and each thing in it that no later stage could hold, by the place where it stands. */
export type JsonReading = { readonly value: unknown; readonly faults: readonly FieldError[] };

export type JsonBounds = {
  /** Objects and arrays within each other; without it, no limit. */
  readonly maxDepth?: number;
  /**
   * A number whose value JavaScript holds is a number; `as spelled`, only where it is spelled no longer than it came, so
   * that nothing grows. Every other one keeps its digits.
   */
  readonly numbers?: 'by value' | 'as spelled';
};

type Members = Record<string, unknown>;

/** A value that has been read; empty where an object or a list has just been opened. */
type Done = { readonly value?: unknown };

/** An object or a list that is being read. */
type Open = {
  readonly into: Members | unknown[];
  /** The name whose value comes next. */
  name: string;
};

const faultsPerPlace = 20;
const longestPointer = 1_000;

const numbers = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const blanks = /[ \t\n\r]*/y;

/** Behind the quote that ends the string at `start`, or the text's end. */
const endOfString = (text: string, start: number): number => {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at + 1, text.length);
};

const details = {
  text: 'must be text without NUL and lone surrogates',
  name: 'has a member whose name is no text: NUL or a lone surrogate',
  twice: 'is there twice',
  depth: 'is nested too deeply',
  range: 'is a number out of range',
} as const;

const isText = (text: string): boolean => text.isWellFormed() && !text.includes('\u0000');

export const escapePointer = (member: string): string => member.replaceAll('~', '~0').replaceAll('/', '~1');

const opening: ReadonlySet<string | undefined> = new Set(['{', '[']);
const closing: ReadonlySet<string | undefined> = new Set(['}', ']']);
const marks = /[{}[\]"]/g;

/** Behind the bracket that closes the one at `start`, or the text's end. */
const endOfNested = (text: string, start: number): number => {
  let level = 0;
  marks.lastIndex = start;
  for (let found = marks.exec(text); found !== null; found = marks.exec(text)) {
    const [mark] = found;
    if (opening.has(mark)) level += 1;
    else if (closing.has(mark)) level -= 1;
    else marks.lastIndex = endOfString(text, found.index);
    if (level === 0) return marks.lastIndex;
  }
  return text.length;
};

/**
 * Reads JSON (RFC 8259) with care: every number keeps its value, every member is an own one whatever its name, and names
 * with escapes are what they say. Keeps its own stack, so depth is no limit; what stands deeper than `maxDepth` is left out
 * of the value and told as a fault. Of a member that is there twice the last counts.
 */
export class JsonParser {
  readonly #text: string;
  readonly #maxDepth: number;
  readonly #numberOf: (source: string) => unknown;
  readonly #open: Open[] = [];
  readonly #faults: FieldError[] = [];
  readonly #faultsAt = new Map<string, number>();
  #at = 0;

  constructor(
    text: string,
    { maxDepth = Number.POSITIVE_INFINITY, numbers = 'as spelled' }: JsonBounds = {},
  ) {
    this.#text = text;
    this.#maxDepth = maxDepth;
    this.#numberOf = numbers === 'by value' ? exactNumberOf : numberOf;
  }

  /** @throws {SyntaxError} where the text is no JSON. */
  read(): JsonReading {
    let done = this.#begin();
    while (this.#open.length > 0) done = this.#proceed(done);
    this.#skipBlanks();
    if (this.#at < this.#text.length) this.#fail();
    return { value: done.value, faults: this.#faults };
  }

  /** Goes on in the innermost object or list, which has just got `done`, if that is a value. */
  #proceed(done: Done): Done {
    const inner = this.#open.at(-1) as Open;
    const isList = Array.isArray(inner.into);
    const isFirst = !('value' in done);
    if (!isFirst) this.#put(inner, done.value);
    this.#skipBlanks();
    if (this.#takes(isList ? ']' : '}')) {
      this.#open.pop();
      return { value: inner.into };
    }
    if (!isFirst) {
      if (!this.#takes(',')) this.#fail();
      this.#skipBlanks();
    }
    if (isList) inner.name = String((inner.into as unknown[]).length);
    else this.#readName(inner);
    return this.#begin();
  }

  /** Reads a value, or opens one: then there is none yet. */
  #begin(): Done {
    this.#skipBlanks();
    switch (this.#text[this.#at]) {
      case '{':
        return this.#enter({});
      case '[':
        return this.#enter([]);
      case '"': {
        const value = this.#string();
        if (!isText(value)) this.#fault(details.text);
        return { value };
      }
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
      default:
        return { value: this.#number() };
    }
  }

  #enter(into: Members | unknown[]): Done {
    if (this.#open.length === this.#maxDepth) return this.#leaveOut();
    this.#at += 1;
    this.#open.push({ into, name: '' });
    return {};
  }

  /** Goes past what stands too deep: whether it is JSON is all that is asked of it. */
  #leaveOut(): Done {
    this.#fault(details.depth);
    const start = this.#at;
    this.#at = endOfNested(this.#text, start);
    JSON.parse(this.#text.slice(start, this.#at));
    return { value: null };
  }

  #put({ into, name }: Open, value: unknown): void {
    if (Array.isArray(into)) into.push(value);
    else setOwnMember(into, name, value);
  }

  #readName(inner: Open): void {
    if (this.#text[this.#at] !== '"') this.#fail();
    const name = this.#string();
    this.#skipBlanks();
    if (!this.#takes(':')) this.#fail();
    if (!isText(name)) this.#fault(details.name, this.#open.length - 1);
    inner.name = name;
    if (Object.hasOwn(inner.into, name)) this.#fault(details.twice);
  }

  #string(): string {
    const start = this.#at;
    this.#at = endOfString(this.#text, start);
    // Alone, a string is read rightly; a bare control character and an escape that is none throw here.
    return JSON.parse(this.#text.slice(start, this.#at)) as string;
  }

  #number(): unknown {
    const start = this.#at;
    this.#skip(numbers);
    if (this.#at === start) this.#fail();
    const source = this.#text.slice(start, this.#at);
    if (!Number.isFinite(Number(source))) this.#fault(details.range);
    return this.#numberOf(source);
  }

  #word(word: string, value: unknown): Done {
    if (!this.#text.startsWith(word, this.#at)) this.#fail();
    this.#at += word.length;
    return { value };
  }

  #takes(mark: string): boolean {
    if (this.#text[this.#at] !== mark) return false;
    this.#at += 1;
    return true;
  }

  #skipBlanks(): void {
    this.#skip(blanks);
  }

  #skip(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    if (pattern.test(this.#text)) this.#at = pattern.lastIndex;
  }

  /** Bounded by the place under the root, so that one item's many faults hide no other item's. */
  #fault(detail: string, depth = this.#open.length): void {
    const root = this.#open[0];
    const place = root !== undefined && Array.isArray(root.into) ? root.name : '';
    const count = this.#faultsAt.get(place) ?? 0;
    if (count >= faultsPerPlace) return;
    this.#faultsAt.set(place, count + 1);
    const steps = this.#open.slice(0, Math.min(depth, 100)).map(({ name }) => `/${escapePointer(name)}`);
    this.#faults.push({ pointer: steps.join('').slice(0, longestPointer), detail });
  }

  #fail(): never {
    // Says nothing of the text: that may be personal.
    throw new SyntaxError(`No JSON at ${this.#at}`);
  }
}
