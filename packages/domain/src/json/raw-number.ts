/** A number of a JSON text that JavaScript would spell otherwise, with its digits; `JSON.stringify` writes it as it came. */
export type RawNumber = { readonly rawJSON: string };

declare global {
  // Of Node 22 and later; TypeScript's library does not know them yet.
  interface JSON {
    rawJSON(text: string): RawNumber;
    isRawJSON(value: unknown): value is RawNumber;
  }
}

export const isRawNumber = (value: unknown): value is RawNumber => JSON.isRawJSON(value);

const spelling = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Linear, where a pattern that looks for the end would be tried at each zero. */
const withoutEndingZeros = (digits: string): string => {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
};

/** One spelling for each decimal value: `-12.50e3` is `-125e2`. */
const decimalOf = (source: string): string => {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = spelling.exec(source) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = withoutEndingZeros(digits);
  if (significant === '') return '0e0';
  const scale = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length);
  return `${sign}${significant}e${scale}`;
};

const isHeld = (source: string, number: number): boolean =>
  Number.isFinite(number) && decimalOf(String(number)) === decimalOf(source);

/** No number is spelled with so many letters; what has more is not read to find that out. */
const longestSpelling = 30;

/** Whether JavaScript spells a number, given without its sign, otherwise than it came: then it may have rounded it. */
export const isRespelled = (source: string): boolean =>
  source.length > longestSpelling || String(Number(source)) !== source;

/**
 * A number's JSON spelling as a number, where that holds its value and is spelled no longer; else as it came. So what is
 * read and written again is never rounded and never grows.
 */
export const numberOf = (source: string): number | RawNumber => {
  const number = Number(source);
  const spelled = String(number);
  if (spelled === source) return number;
  return spelled.length <= source.length && isHeld(source, number) ? number : JSON.rawJSON(source);
};

/** A number's JSON spelling as a number, where that holds its value; else as it came. */
export const exactNumberOf = (source: string): number | RawNumber => {
  const number = Number(source);
  return isHeld(source, number) ? number : JSON.rawJSON(source);
};

/** A number that holds the value exactly, where there is one; every other value as it is. */
export const asNumber = (value: unknown): unknown =>
  isRawNumber(value) ? exactNumberOf(value.rawJSON) : value;

/** One text for each value: that of RFC 8785 where a number holds it, else its digits and exponent. */
export const canonicalNumber = ({ rawJSON }: RawNumber): string => {
  const number = Number(rawJSON);
  return isHeld(rawJSON, number) ? JSON.stringify(number) : decimalOf(rawJSON);
};
