import { Facts } from '../../elements/facts.tsx';
import { Time } from '../../elements/time.tsx';
import type { BothSides } from './load-contact.ts';

const born = { acmecrm: 'AcmeCRM', api: 'here, by the API' } as const;

/** What we keep about a contact, beside its fields. */
export const ContactFacts = ({
  id,
  of: { contact, acme },
}: {
  readonly id: string;
  readonly of: BothSides;
}) => (
  <section class="card" aria-label="Facts">
    <div class="columns">
      <Facts
        of={{
          Id: <code>{id}</code>,
          'Born in': contact && born[contact.source],
          Version: contact?.version,
          Created: contact && <Time at={contact.createdAt} />,
          Changed: contact && <Time at={contact.updatedAt} />,
          Deleted: contact?.deletedAt && <Time at={contact.deletedAt} />,
        }}
      />
      <Facts
        of={{
          'AcmeCRM id': acme ? <code>{acme.sourceId}</code> : 'not there',
          'AcmeCRM version': acme?.sourceVersion,
          'Last heard of': acme && <Time at={acme.takenAt} />,
          'Deleted there': acme?.deleted ? 'yes' : undefined,
        }}
      />
    </div>
  </section>
);
