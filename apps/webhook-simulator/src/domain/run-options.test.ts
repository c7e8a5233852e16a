import { describe, expect, it } from 'vitest';
import { deliveryCount, resolveOptions } from './run-options.ts';

describe('resolveOptions', () => {
  it('fills in a run of 500 events of 100 contacts with one of each planted fault', () => {
    expect(resolveOptions({})).toMatchObject({
      options: { contacts: 100, events: 500, badSignatures: 1, malformed: 1 },
    });
  });

  it('leaves out the special contacts of a handful unless they are asked for', () => {
    expect(resolveOptions({ contacts: 2, events: 4 })).toMatchObject({ options: { deletes: 0, revives: 0 } });
    expect(resolveOptions({ contacts: 2, events: 4, deletes: 1 })).toMatchObject({ options: { deletes: 1 } });
  });

  it('names every number that does not fit the others', () => {
    expect(resolveOptions({ contacts: 20, deletes: 21, events: 10, ratePerSecond: 1 })).toEqual({
      faults: [
        { pointer: '/contacts', detail: 'must be at least 27 for this many deletes and revivals' },
        { pointer: '/events', detail: 'must be at least 50 for these contacts' },
      ],
    });
  });

  it('refuses a run that would send for more than ten minutes', () => {
    expect(resolveOptions({ events: 20_000, ratePerSecond: 30 })).toEqual({
      faults: [{ pointer: '/ratePerSecond', detail: 'is too low: sending may take 600 s at most' }],
    });
  });

  it('counts repeats and planted deliveries', () => {
    const resolved = resolveOptions({ events: 500, duplicates: 0.1, badSignatures: 2, malformed: 3 });
    expect('options' in resolved && deliveryCount(resolved.options)).toBe(555);
  });
});
