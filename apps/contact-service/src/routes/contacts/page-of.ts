import type { Page } from '../../ports.ts';

/** A page as its route answers it. */
export const pageOf = <Item>({ items, next }: Page<Item>) => ({
  items: [...items],
  ...(next !== undefined && { nextCursor: next }),
});
