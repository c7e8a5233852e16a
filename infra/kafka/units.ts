const milliseconds: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const bytes: Readonly<Record<string, number>> = { KiB: 1_024, MiB: 1_048_576 };

const parse = (text: unknown, units: Readonly<Record<string, number>>, what: string): number => {
  const [, count, unit] = /^(\d+)([A-Za-z]+)$/.exec(String(text)) ?? [];
  const factor = units[unit ?? ''];
  if (count !== undefined && factor !== undefined) return Number(count) * factor;
  throw new Error(`${what}: "${text}" is no number with one of ${Object.keys(units).join(', ')}`);
};

/** Milliseconds of a text such as `7d`. Throws an Error that names `what`. */
export const durationMs = (text: unknown, what: string): number => parse(text, milliseconds, what);

/** Bytes of a text such as `2MiB`. Throws an Error that names `what`. */
export const sizeBytes = (text: unknown, what: string): number => parse(text, bytes, what);

/** The duration in the largest unit that fits it whole. */
export const durationText = (ms: number): string => {
  const fitting = Object.entries(milliseconds).findLast(([, factor]) => ms >= factor && ms % factor === 0);
  return fitting === undefined ? `${ms}ms` : `${ms / fitting[1]}${fitting[0]}`;
};
