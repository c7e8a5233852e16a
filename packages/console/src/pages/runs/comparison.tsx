import type { Run } from '@contact-sync/api-contracts';
import { Time } from '../../elements/time.tsx';
import { compareRuns } from './compare-runs.ts';
import { RunBadge } from './run-badge.tsx';

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** Runs side by side, a line a measure; what differs is marked. */
export const Comparison = ({ of }: { readonly of: readonly Run[] }) => (
  <section class="card flush" aria-labelledby="comparison">
    <h2 id="comparison" class="card-head">
      Runs compared
    </h2>
    <table>
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
            <td key={run.id} class="number">
              <RunBadge of={run} />
            </td>
          ))}
        </tr>
        {compareRuns(of).map(({ name, values }) => (
          <tr key={name} data-differs={new Set(values).size > 1}>
            <th scope="row">{name}</th>
            {values.map((value, index) => (
              <td key={index} class="number">
                {value === undefined ? '–' : number.format(value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
