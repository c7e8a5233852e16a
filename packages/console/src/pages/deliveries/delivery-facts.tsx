import type { LoggedDelivery } from '@contact-sync/api-contracts';
import { Facts } from '../../elements/facts.tsx';
import { hrefOf } from '../../routing/route.ts';
import { DeliveryBadge } from './delivery-badge.tsx';

export const DeliveryFacts = ({ of }: { readonly of: LoggedDelivery }) => (
  <Facts
    of={{
      Answer: <DeliveryBadge of={of} />,
      Sent: `POST ${of.target}/webhooks/acmecrm`,
      'Fault planted': of.fault === 'none' ? 'none: as it ought to be' : of.fault,
      Scenario: of.scenario,
      Run: of.runId && (
        <a class="mono" href={hrefOf(['runs', of.runId])}>
          {of.runId}
        </a>
      ),
      'AcmeCRM id': of.acmeId && <code>{of.acmeId}</code>,
      'Once more of': of.redeliveryOf && (
        <a class="mono" href={hrefOf(['deliveries'], { id: of.redeliveryOf })}>
          {of.redeliveryOf}
        </a>
      ),
    }}
  />
);
