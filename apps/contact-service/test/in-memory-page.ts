import type { Contact } from '@contact-sync/domain';
import { compareText } from '../src/domain/lists/compare-text.ts';
import { matches } from '../src/domain/lists/list-filters.ts';
import { positionOf, referenceOf } from '../src/domain/lists/list-position.ts';
import type { ListQuery, Page } from '../src/ports.ts';

/** A page of a list over contacts that are all in memory: everything is looked at, each time. */
export const pageInMemory = (all: readonly Contact[], query: ListQuery): Page<Contact> => {
  const { order, limit, after, includeDeleted, filters = {} } = query;
  const direction = order.descending ? -1 : 1;
  const rest = all
    .filter((contact) => (includeDeleted || contact.deletedAt === undefined) && matches(contact, filters))
    .flatMap((contact) => {
      const position = positionOf(order.by, referenceOf(contact), contact, filters.q);
      return position === null ? [] : [{ contact, position }];
    })
    .filter(({ position }) => after === undefined || compareText(position, after) * direction > 0)
    .sort((one, other) => compareText(one.position, other.position) * direction);
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map(({ contact }) => contact);
  return rest.length > limit && last ? { items, next: last.position } : { items };
};
