import type { DeliveryAttempt } from '@contact-sync/api-contracts';
import { Badge, type Tone } from '../../elements/badge.tsx';
import { Time } from '../../elements/time.tsx';

const toneOf = (status: number | undefined): Tone => {
  if (status === undefined || status >= 500) return 'bad';
  return status < 300 ? 'good' : 'warn';
};

/** Every POST of a delivery, and what was answered. */
export const Attempts = ({ of }: { readonly of: readonly DeliveryAttempt[] }) => (
  <section class="stack tight" aria-labelledby="attempts">
    <h3 id="attempts">{of.length === 1 ? 'One attempt' : `${of.length} attempts`}</h3>
    <table class="cards">
      <thead>
        <tr>
          <th scope="col" class="number">
            No.
          </th>
          <th scope="col">At</th>
          <th scope="col">Answer</th>
          <th scope="col" class="number">
            After, ms
          </th>
        </tr>
      </thead>
      <tbody>
        {of.map(({ number, at, status, code, latencyMs }) => (
          <tr key={number}>
            <th scope="row" class="number" data-label="No.">
              {number}
            </th>
            <td data-label="At">
              <Time at={at} />
            </td>
            <td data-label="Answer">
              <span class="row">
                <Badge tone={toneOf(status)}>{status ?? 'none'}</Badge>
                {code && <code>{code}</code>}
              </span>
            </td>
            <td data-label="After, ms" class="number">
              {latencyMs.toFixed(1)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
