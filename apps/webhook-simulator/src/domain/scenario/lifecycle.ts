import type { RunOptions } from '@contact-sync/api-contracts';
import type { Faker } from '@faker-js/faker';
import type { LifeKind } from './scenario.ts';

/** What happens to a contact in AcmeCRM at one version. */
export type LifeStep = 'create' | 'update' | 'delete' | 'revive';

export type Life = { readonly kind: LifeKind; readonly steps: readonly LifeStep[] };

const shortest: Readonly<Record<LifeKind, number>> = { plain: 1, deleted: 2, deleteFirst: 2, revived: 3 };

const updates = (count: number): LifeStep[] => Array.from({ length: count }, () => 'update');

const stepsOf = (kind: LifeKind, length: number, faker: Faker): LifeStep[] => {
  const free = length - shortest[kind];
  if (kind === 'plain') return ['create', ...updates(free)];
  if (kind !== 'revived') return ['create', ...updates(free), 'delete'];
  const before = faker.number.int({ min: 0, max: free });
  return ['create', ...updates(before), 'delete', 'revive', ...updates(free - before)];
};

const kindsOf = (options: RunOptions, faker: Faker): LifeKind[] => {
  const kinds = Array.from({ length: options.contacts }, (_, index): LifeKind => {
    if (index < options.deletes) return 'deleted';
    if (index < options.deletes + options.deleteBeforeCreate) return 'deleteFirst';
    if (index < options.deletes + options.deleteBeforeCreate + options.revives) return 'revived';
    return 'plain';
  });
  return faker.helpers.shuffle(kinds);
};

/** One life a contact; together they have exactly `options.events` steps, spread at random. */
export const planLives = (options: RunOptions, faker: Faker): Life[] => {
  const kinds = kindsOf(options, faker);
  const lengths = kinds.map((kind) => shortest[kind]);
  const free = options.events - lengths.reduce((sum, length) => sum + length, 0);
  for (let index = 0; index < free; index += 1) {
    const chosen = faker.number.int({ min: 0, max: lengths.length - 1 });
    lengths[chosen] = (lengths[chosen] ?? 0) + 1;
  }
  return kinds.map((kind, index) => ({ kind, steps: stepsOf(kind, lengths[index] ?? 1, faker) }));
};
