import type { LoggedDelivery } from '@contact-sync/api-contracts';
import { Time } from '../../elements/time.tsx';
import { hrefOf } from '../../routing/route.ts';
import { DeliveryBadge } from './delivery-badge.tsx';
import type { DeliveryQuery } from './delivery-filter.tsx';

const eventsText = ({ eventIds }: LoggedDelivery): string => {
  const [first = 'no event'] = eventIds;
  return eventIds.length > 1 ? `${first} and ${eventIds.length - 1} more` : first;
};

export const DeliveryRows = ({
  of,
  filter,
}: {
  readonly of: readonly LoggedDelivery[];
  readonly filter: DeliveryQuery;
}) => (
  <table class="cards">
    <thead>
      <tr>
        <th scope="col">Events</th>
        <th scope="col">Answer</th>
        <th scope="col">Scenario</th>
        <th scope="col">Fault planted</th>
        <th scope="col" class="number">
          Attempts
        </th>
        <th scope="col" class="number">
          Last, ms
        </th>
        <th scope="col">Sent</th>
      </tr>
    </thead>
    <tbody>
      {of.map((delivery) => (
        <tr key={delivery.id}>
          <th scope="row" class="mono">
            <a href={hrefOf(['deliveries'], { ...filter, id: delivery.id })}>{eventsText(delivery)}</a>
          </th>
          <td data-label="Answer">
            <DeliveryBadge of={delivery} />
          </td>
          <td data-label="Scenario">{delivery.scenario ?? 'by hand'}</td>
          <td data-label="Fault">{delivery.fault}</td>
          <td data-label="Attempts" class="number">
            {delivery.attempts.length}
          </td>
          <td data-label="Last, ms" class="number">
            {delivery.attempts.at(-1)?.latencyMs.toFixed(1)}
          </td>
          <td data-label="Sent">{delivery.attempts[0] && <Time at={delivery.attempts[0].at} ago />}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
