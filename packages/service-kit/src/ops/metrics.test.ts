import { describe, expect, it } from 'vitest';
import { createCounter, createHistogram, createMetrics, oncePerRegistry } from './metrics.ts';

const linesOf = async (metrics: ReturnType<typeof createMetrics>, name: string): Promise<string[]> =>
  (await metrics.registry.metrics())
    .split('\n')
    .filter((line) => line.startsWith(`${name}`) && !line.includes('#'));

describe('what is counted', () => {
  it('stands at 0 for each value of each label before anything has happened', async () => {
    const metrics = createMetrics('test');
    createCounter(metrics, { name: 'x_total', help: 'x', labels: { a: ['1', '2'], b: ['3', '4'] } });
    createCounter(metrics, { name: 'y_total', help: 'y' });
    expect(await linesOf(metrics, 'x_total')).toEqual([
      'x_total{a="1",b="3",service="test"} 0',
      'x_total{a="1",b="4",service="test"} 0',
      'x_total{a="2",b="3",service="test"} 0',
      'x_total{a="2",b="4",service="test"} 0',
    ]);
    expect(await linesOf(metrics, 'y_total')).toEqual(['y_total{service="test"} 0']);
  });

  it('stands at 0 in each bucket too', async () => {
    const metrics = createMetrics('test');
    createHistogram(metrics, { name: 'z_seconds', help: 'z', labels: { a: ['1'] }, buckets: [1] });
    expect((await linesOf(metrics, 'z_seconds')).map((line) => line.split(' ').at(-1))).toEqual([
      '0',
      '0',
      '0',
      '0',
    ]);
  });
});

it('what parts of a process share is made once for it', () => {
  let made = 0;
  const shared = oncePerRegistry(() => {
    made += 1;
    return { made };
  });
  const [one, other] = [createMetrics('one'), createMetrics('other')];
  expect([shared(one), shared(one), shared(other)]).toEqual([{ made: 1 }, { made: 1 }, { made: 2 }]);
});
