import { LineChart } from '../../elements/line-chart.tsx';
import { readingsOf } from '../pipeline/readings-of.ts';
import { usePipeline } from '../pipeline/use-pipeline.ts';
import { percentilesOf, ratesOf } from './live-series.ts';
import type { LiveRun } from './use-live-run.ts';

/** A run as it goes: rates, how long answers take, and what waits behind; that of all events, not of the run's alone. */
export const RunCharts = ({ of: { readings, answers } }: { readonly of: LiveRun }) => {
  const { p50, p95, p99 } = percentilesOf(answers);
  const { past } = usePipeline();
  return (
    <div class="columns">
      <LineChart
        title="Deliveries"
        unit="/s"
        series={[
          { name: 'sent', values: ratesOf(readings.sent) },
          { name: 'accepted', values: ratesOf(readings.accepted) },
          { name: 'refused', values: ratesOf(readings.refused) },
          { name: 'applied', values: ratesOf(readingsOf(past, ({ accepted }) => accepted.settled)) },
        ]}
      />
      <LineChart
        title="Answers take"
        unit="ms"
        series={[
          { name: 'p50', values: p50 },
          { name: 'p95', values: p95 },
          { name: 'p99', values: p99 },
        ]}
      />
      <LineChart
        title="Backlog"
        unit="waiting"
        series={[{ name: 'worker', values: past.map(({ accepted }) => accepted.waiting) }]}
      />
    </div>
  );
};
