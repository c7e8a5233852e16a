import type { LoggedDelivery } from '@contact-sync/api-contracts';
import { Badge, type Tone } from '../../elements/badge.tsx';

const tones: Readonly<Record<LoggedDelivery['state'], Tone>> = {
  accepted: 'good',
  refused: 'warn',
  unanswered: 'bad',
};

/** How a delivery ended, with the status of its last answer. */
export const DeliveryBadge = ({ of: { state, attempts } }: { readonly of: LoggedDelivery }) => {
  const status = attempts.at(-1)?.status;
  return (
    <Badge tone={tones[state]}>
      {state}
      {status !== undefined && ` ${status}`}
    </Badge>
  );
};
