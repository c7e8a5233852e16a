import { expect, it } from 'vitest';
import { runRequestOf } from './run-request.ts';

const empty = { scenarios: {}, count: '', ratePerSecond: '', seed: '', target: '' };

it('leaves to the simulator what nobody typed', () => {
  expect(runRequestOf(empty)).toEqual({});
  expect(runRequestOf({ ...empty, scenarios: { burst: { factor: ' ' } } })).toEqual({
    scenarios: [{ name: 'burst' }],
  });
});

it('names the scenarios that were picked with the parameters that were tuned', () => {
  const scenarios = { burst: { factor: '20', seconds: '' }, steady: {} };
  const typed = { ...empty, scenarios, count: '100', ratePerSecond: '0.5', seed: '0', target: 'http://x:1' };
  expect(runRequestOf(typed)).toEqual({
    scenarios: [{ name: 'burst', parameters: { factor: 20 } }, { name: 'steady' }],
    count: 100,
    ratePerSecond: 0.5,
    seed: 0,
    target: 'http://x:1',
  });
});
