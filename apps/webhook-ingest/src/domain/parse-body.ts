import { type FieldError, limits, readJson } from '@contact-sync/domain';

/** One event of a delivery before it is judged. */
export type DeliveredItem = {
  readonly value: unknown;
  /** JSON pointer of the item in the body; empty where the body is the item. */
  readonly place: string;
  /** What no later stage could hold, with pointers from the body's root. */
  readonly faults: readonly FieldError[];
};

export type ParsedBody = {
  /** Whether the body is one event, not an array of them. */
  readonly single: boolean;
  readonly items: readonly DeliveredItem[];
};

const openList = 0x5b;
/** Blanks and a byte order mark. */
const before: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, ...Buffer.from('\ufeff')]);

/** An array is one level around its events. */
const maxDepthOf = (body: Buffer): number =>
  limits.eventDepth + (body.find((byte) => !before.has(byte)) === openList ? 1 : 0);

/**
 * A delivery's body as its items: broken text, a member twice, depth and numbers out of range are one item's fault as long
 * as the whole is JSON.
 *
 * @throws {AppError} MALFORMED_BODY where the whole is none.
 */
export const parseBody = (body: Buffer): ParsedBody => {
  const { value, faults } = readJson(body, { maxDepth: maxDepthOf(body), numbers: 'as spelled' });
  if (!Array.isArray(value)) return { single: true, items: [{ value, place: '', faults }] };
  const byItem = Map.groupBy(faults, ({ pointer }) => pointer.split('/', 2)[1]);
  const items = value.map((item: unknown, index) => ({
    value: item,
    place: `/${index}`,
    faults: byItem.get(String(index)) ?? [],
  }));
  return { single: false, items };
};
