import { LineChart } from '../../elements/line-chart.tsx';
import { percentilesOf, ratesOf } from './live-series.ts';
import type { LiveRun } from './use-live-run.ts';

/** A run as it goes: rates, and how long answers take. */
export const RunCharts = ({ of: { readings, answers } }: { readonly of: LiveRun }) => {
  const { p50, p95, p99 } = percentilesOf(answers);
  return (
    <div class="columns">
      <LineChart
        title="Deliveries"
        unit="/s"
        series={[
          { name: 'sent', values: ratesOf(readings.sent) },
          { name: 'accepted', values: ratesOf(readings.accepted) },
          { name: 'refused', values: ratesOf(readings.refused) },
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
    </div>
  );
};
