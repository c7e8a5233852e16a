import { AppError } from '@contact-sync/domain';
import type { ListFilters } from './list-filters.ts';
import type { ListOrder } from './list-position.ts';

/** Which contacts a list holds, and in which order. */
export type ContactList = {
  readonly order: ListOrder;
  readonly includeDeleted: boolean;
  /** With order `match` they name a `q`. */
  readonly filters?: ListFilters;
};

export type SortName = 'createdAt' | 'updatedAt' | 'lastName';

/** A list as a client asks for it. */
export type ListWish = Omit<ListFilters, 'updatedSince'> & {
  /** With a minus descending. */
  readonly sort?: SortName | `-${SortName}`;
  /** ISO 8601; parts of a millisecond do not count. */
  readonly updatedSince?: string;
  readonly includeDeleted: boolean;
};

const orderOf = ({ sort, q, updatedSince }: ListWish): ListOrder => {
  if (sort !== undefined) {
    const descending = sort.startsWith('-');
    return { by: (descending ? sort.slice(1) : sort) as SortName, descending };
  }
  if (q !== undefined) return { by: 'match', descending: false };
  // Whoever asks for what is new wants it in the order in which it came.
  return { by: updatedSince === undefined ? 'createdAt' : 'updatedAt', descending: false };
};

const instantOf = (text: string): number => {
  const instant = Date.parse(text);
  // A leap second has the form of a time, and no clock of ours has been there.
  if (!Number.isNaN(instant)) return Math.max(0, instant);
  throw new AppError('INVALID_PARAMETER', {
    message: "The request's querystring is not valid.",
    errors: [{ pointer: '/updatedSince', detail: 'must be a time that exists' }],
  });
};

/**
 * The list that a client wishes for. Without `sort` contacts come in the order of the names that `q` found; else, with
 * `updatedSince`, of their last change; else of their creation, in which nothing moves during a walk.
 *
 * @throws {AppError} INVALID_PARAMETER.
 */
export const contactListOf = (wish: ListWish): ContactList => {
  const { sort: _, updatedSince, includeDeleted, ...filters } = wish;
  return {
    order: orderOf(wish),
    includeDeleted,
    filters: {
      ...filters,
      ...(updatedSince !== undefined && { updatedSince: instantOf(updatedSince) }),
    },
  };
};
