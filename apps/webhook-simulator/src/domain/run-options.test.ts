import { describe, expect, it } from 'vitest';
import { resolveOptions } from './run-options.ts';

describe('resolveOptions', () => {
  it('fills in a bit of everything where nothing is asked for', () => {
    const resolved = resolveOptions({});
    const { scenarios = [], seed } = 'options' in resolved ? resolved.options : {};
    expect(seed).toBe(1);
    expect(scenarios.map(({ name }) => name)).toContain('duplicates');
    expect(scenarios[1]).toEqual({
      name: 'duplicates',
      count: 60,
      ratePerSecond: 40,
      parameters: { share: 0.5, times: 3 },
    });
  });

  it('lets a scenario have numbers of its own, and takes those of the run for the others', () => {
    expect(
      resolveOptions({
        scenarios: [
          { name: 'steady', count: 7 },
          { name: 'burst', parameters: { factor: 3 } },
        ],
        count: 9,
      }),
    ).toMatchObject({
      options: { scenarios: [{ count: 7 }, { count: 9, parameters: { factor: 3, seconds: 5 } }] },
    });
  });

  it('keeps a scenario of large deliveries within its own bound', () => {
    expect(resolveOptions({ scenarios: [{ name: 'oversize' }], count: 5_000 })).toMatchObject({
      options: { scenarios: [{ count: 100 }] },
    });
  });

  it('names every fault with its pointer', () => {
    const scenarios = [
      { name: 'nonesuch' },
      { name: 'oversize', count: 101 },
      { name: 'burst', parameters: { factor: 51, colour: 1 } },
      { name: 'steady', count: 20_000, ratePerSecond: 1 },
    ];
    expect(resolveOptions({ scenarios })).toEqual({
      faults: [
        { pointer: '/scenarios/0/name', detail: 'must be a scenario of the list' },
        { pointer: '/scenarios/1/count', detail: 'must be at most 100 for this scenario' },
        { pointer: '/scenarios/2/parameters/colour', detail: 'is no parameter of the scenario' },
        { pointer: '/scenarios/2/parameters/factor', detail: 'must be 2 to 50' },
        { pointer: '/scenarios/3/ratePerSecond', detail: 'is too low: sending may take 900 s at most' },
      ],
    });
  });

  it('takes no parameter for one that every object has', () => {
    expect(
      resolveOptions({ scenarios: [{ name: 'steady', parameters: { constructor: 1 } }] }),
    ).toHaveProperty('faults');
  });

  it('bounds what all scenarios send together', () => {
    const scenarios = Array.from({ length: 3 }, () => ({
      name: 'steady',
      count: 20_000,
      ratePerSecond: 100,
    }));
    expect(resolveOptions({ scenarios })).toEqual({
      faults: [{ pointer: '/scenarios', detail: 'must be at most 20000 events together' }],
    });
  });
});
