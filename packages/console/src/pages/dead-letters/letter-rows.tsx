import type { DeadLetter } from '@contact-sync/api-contracts';
import { Time } from '../../elements/time.tsx';
import { hrefOf } from '../../routing/route.ts';
import { LetterBadge } from './letter-badge.tsx';

export const LetterRows = ({ of }: { readonly of: readonly DeadLetter[] }) => (
  <table class="cards">
    <thead>
      <tr>
        <th scope="col">Letter</th>
        <th scope="col">Kind</th>
        <th scope="col">State</th>
        <th scope="col">Event</th>
        <th scope="col" class="number">
          Replays
        </th>
        <th scope="col">Since</th>
      </tr>
    </thead>
    <tbody>
      {of.map((letter) => (
        <tr key={letter.id}>
          <th scope="row" class="mono">
            <a href={hrefOf(['dead-letters', letter.id])}>{letter.id}</a>
          </th>
          <td data-label="Kind">{letter.kind}</td>
          <td data-label="State">
            <LetterBadge state={letter.state} />
          </td>
          <td data-label="Event" class="mono">
            {letter.eventId ?? 'unknown'}
          </td>
          <td data-label="Replays" class="number">
            {letter.replays}
          </td>
          <td data-label="Since">
            <Time at={letter.at} ago />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
