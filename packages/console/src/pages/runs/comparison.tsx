import type { Run } from '@contact-sync/api-contracts';
import { timeText } from '../../data/time-text.ts';
import { Badge } from '../../elements/badge.tsx';
import { Time } from '../../elements/time.tsx';
import { compareRuns } from './compare-runs.ts';
import { RunBadge } from './run-badge.tsx';

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** Runs side by side, a line a measure; faults that only some have are marked. */
export const Comparison = ({ of }: { readonly of: readonly Run[] }) => {
  const names = of.map(({ startedAt }) => timeText(startedAt));
  return (
    <section class="card flush" aria-labelledby="comparison">
      <h2 id="comparison" class="card-head">
        Runs compared
      </h2>
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">Measure</th>
            {of.map((run) => (
              <th key={run.id} scope="col" class="number">
                <Time at={run.startedAt} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Verdict</th>
            {of.map((run) => (
              <td key={run.id} class="number" data-label={timeText(run.startedAt)}>
                <RunBadge of={run} />
              </td>
            ))}
          </tr>
          {compareRuns(of).map(({ name, values, differs }) => (
            <tr key={name} data-differs={differs}>
              <th scope="row">
                {name} {differs && <Badge tone="warn">differs</Badge>}
              </th>
              {values.map((value, index) => (
                <td key={index} class="number" data-label={names[index]}>
                  {value === undefined ? '–' : number.format(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
