import type { SourceEvents } from '@contact-sync/api-contracts';
import { expect, it, test } from 'vitest';
import { deriveFate } from './derive-fate.ts';

const at = '2026-11-24T09:30:02.120Z';

/** A contact that AcmeCRM's versions 3 and 7 have made, and that has taken version 9 since. */
const kept: SourceEvents = {
  sourceVersion: 9,
  isComplete: true,
  events: [
    { sequence: 2, eventId: 'evt_7', at, sourceVersion: 7, version: 2 },
    { sequence: 1, eventId: 'evt_3', at, sourceVersion: 3, version: 1 },
  ],
};
const trimmed: SourceEvents = { ...kept, isComplete: false };

it('takes an event with an entry of its own for applied, whether or not its version is known', () => {
  const applied = { fate: 'applied', settledAt: at, version: 2, sourceVersion: 7 };
  expect(deriveFate(kept, { eventId: 'evt_7' })).toEqual(applied);
  expect(deriveFate(trimmed, { eventId: 'evt_7', sourceVersion: 7 })).toEqual(applied);
});

test.each<[string, SourceEvents, number, string | undefined]>([
  ['below the version taken last', kept, 5, 'superseded'],
  ['of the version that another event made', { ...kept, sourceVersion: 7 }, 7, 'duplicate'],
  ['of the version taken last, which made nothing', kept, 9, 'unchanged'],
  ['above every version that was taken', kept, 10, undefined],
  ['below all that is kept, where more has been', trimmed, 2, undefined],
  ['below the version taken last, above one that is kept, where more has been', trimmed, 5, 'superseded'],
])('an event %s', (_, history, sourceVersion, fate) => {
  expect(deriveFate(history, { eventId: 'evt_x', sourceVersion })?.fate).toBe(fate);
});

it('says nothing of an event whose version nobody knows, or whose contact AcmeCRM never told of', () => {
  expect(deriveFate(kept, { eventId: 'evt_x' })).toBeUndefined();
  expect(
    deriveFate({ isComplete: true, events: [] }, { eventId: 'evt_x', sourceVersion: 1 }),
  ).toBeUndefined();
});
