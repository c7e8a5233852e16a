import type { Run } from '@contact-sync/api-contracts';
import { Facts } from '../../elements/facts.tsx';
import { Time } from '../../elements/time.tsx';

const parametersText = (parameters: Readonly<Record<string, number>>): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

/** What was asked of a run. */
export const RunFacts = ({ of: { id, options, startedAt, finishedAt } }: { readonly of: Run }) => (
  <section class="card" aria-labelledby="asked">
    <h2 id="asked">What was asked</h2>
    <Facts
      of={{
        Id: <code>{id}</code>,
        Begun: <Time at={startedAt} />,
        Ended: finishedAt && <Time at={finishedAt} />,
        Seed: options.seed,
        Target: options.target,
      }}
    />
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">Scenario</th>
          <th scope="col" class="number">
            Events
          </th>
          <th scope="col" class="number">
            Each second
          </th>
          <th scope="col">Parameters</th>
        </tr>
      </thead>
      <tbody>
        {options.scenarios.map(({ name, count, ratePerSecond, parameters }, index) => (
          <tr key={index}>
            <th scope="row">{name}</th>
            <td data-label="Events" class="number">
              {count}
            </td>
            <td data-label="Each second" class="number">
              {ratePerSecond}
            </td>
            <td data-label="Parameters">{parametersText(parameters) || 'none'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
