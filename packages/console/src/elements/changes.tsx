import { Value } from './value.tsx';

type Change = {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
  readonly lost?: unknown;
};

/** What changed in a contact, a line a field. */
export const Changes = ({ of }: { readonly of: readonly Change[] }) => (
  <table class="cards">
    <thead>
      <tr>
        <th scope="col">Field</th>
        <th scope="col">Before</th>
        <th scope="col">After</th>
      </tr>
    </thead>
    <tbody>
      {of.map(({ field, from, to, lost }) => (
        <tr key={field}>
          <th scope="row">{field}</th>
          <td data-label="Before">
            <Value of={from} kind="from" />
          </td>
          <td data-label="After">
            <span>
              <Value of={to} kind="to" />
              {lost !== undefined && (
                <span class="hint">
                  {' '}
                  over <Value of={lost} />, which gave way
                </span>
              )}
            </span>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
