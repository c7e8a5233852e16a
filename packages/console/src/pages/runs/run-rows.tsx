import type { Run } from '@contact-sync/api-contracts';
import { Time } from '../../elements/time.tsx';
import { hrefOf } from '../../routing/route.ts';
import { RunBadge } from './run-badge.tsx';

const scenariosText = ({ options: { scenarios } }: Run): string =>
  scenarios.map(({ name }) => name).join(', ');

/** Runs, newest first, each with a box to compare it by. */
export const RunRows = ({
  of,
  chosen,
  onChosen,
}: {
  readonly of: readonly Run[];
  readonly chosen: readonly string[];
  readonly onChosen: (id: string, chosen: boolean) => void;
}) => (
  <table class="cards">
    <thead>
      <tr>
        <th scope="col">Begun</th>
        <th scope="col">Scenarios</th>
        <th scope="col">Verdict</th>
        <th scope="col" class="number">
          Sent
        </th>
        <th scope="col" class="number">
          p50, ms
        </th>
        <th scope="col">Compare</th>
      </tr>
    </thead>
    <tbody>
      {of.map((run) => (
        <tr key={run.id}>
          <th scope="row">
            <a href={hrefOf(['runs', run.id])}>
              <Time at={run.startedAt} />
            </a>
          </th>
          <td data-label="Scenarios">{scenariosText(run)}</td>
          <td data-label="Verdict">
            <RunBadge of={run} />
          </td>
          <td data-label="Sent" class="number">
            {run.progress.sent}
          </td>
          <td data-label="p50, ms" class="number">
            {run.verdict?.latency.p50Ms?.toFixed(0) ?? '–'}
          </td>
          <td data-label="Compare">
            <input
              type="checkbox"
              aria-label={`Compare the run of ${run.startedAt}`}
              checked={chosen.includes(run.id)}
              onChange={({ currentTarget }) => onChosen(run.id, currentTarget.checked)}
            />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
