import type { ScenarioVerdict } from '@contact-sync/api-contracts';
import { Badge } from '../../elements/badge.tsx';

const columns = {
  sent: 'Sent',
  accepted: 'Accepted',
  refused: 'Refused',
  duplicates: 'Duplicates',
  lost: 'Lost',
  doubled: 'Doubled',
  unexpected: 'Unexpected',
  unverified: 'Unverified',
} as const;

const names = Object.entries(columns) as [keyof typeof columns, string][];

/** Each scenario's share of a verdict. */
export const ScenarioVerdicts = ({ of }: { readonly of: readonly ScenarioVerdict[] }) => (
  <table class="cards">
    <thead>
      <tr>
        <th scope="col">Scenario</th>
        <th scope="col">Verdict</th>
        {names.map(([name, title]) => (
          <th key={name} scope="col" class="number">
            {title}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {of.map((scenario, index) => (
        <tr key={index}>
          <th scope="row">{scenario.name}</th>
          <td data-label="Verdict">
            <Badge tone={scenario.ok ? 'good' : 'bad'}>{scenario.ok ? 'right' : 'wrong'}</Badge>
          </td>
          {names.map(([name, title]) => (
            <td key={name} data-label={title} class="number">
              {scenario[name]}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);
