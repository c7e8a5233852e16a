import type { Attempt, ContentFate } from '@contact-sync/api-contracts';
import { Facts } from '../../elements/facts.tsx';
import { FateBadge } from '../../elements/fate-badge.tsx';
import { Time } from '../../elements/time.tsx';
import { hrefOf } from '../../routing/route.ts';
import { may } from '../../session/current.ts';

const placeText = ({ topic, partition, offset }: Attempt): string => `${topic}, ${partition}, ${offset}`;

const AttemptItem = ({ of }: { readonly of: Attempt }) => (
  <li>
    <div class="row">
      <FateBadge of={of.outcome} />
      <span class="hint">
        <Time at={of.at} />
      </span>
    </div>
    {of.fault && (
      <p>
        {of.fault.stage}: <code>{of.fault.code}</code> {of.fault.pointer && <code>{of.fault.pointer}</code>}
      </p>
    )}
    <p class="hint mono">{placeText(of)}</p>
  </li>
);

const ContactLink = ({ id }: { readonly id: string | undefined }) =>
  id === undefined ? null : (
    <a class="mono" href={hrefOf(['contacts', id])}>
      {id}
    </a>
  );

/** One content of an event: its fate, and the way it took. */
export const ContentCard = ({ of }: { readonly of: ContentFate }) => (
  <section class="card" aria-label="Content">
    <div class="row">
      <h2>{of.eventType ?? 'An event that could not be read'}</h2>
      <FateBadge of={of.fate} />
    </div>
    <Facts
      of={{
        Contact: <ContactLink id={of.contactId} />,
        'AcmeCRM version': of.sourceVersion,
        'Made version': of.version,
        Settled: of.settledAt && <Time at={of.settledAt} />,
        Fault: of.fault && `${of.fault.stage}: ${of.fault.code} ${of.fault.pointer ?? ''}`,
        'Dead letter':
          of.deadLetterId && may('events:replay') ? (
            <a href={hrefOf(['dead-letters', of.deadLetterId])}>{of.deadLetterId}</a>
          ) : (
            of.deadLetterId
          ),
        Received: of.received.length > 0 && `${of.received.length} times published`,
        'Answered as duplicate': of.duplicates?.count,
        'Known from': of.knownFrom,
      }}
    />
    <ol class="timeline">
      {[...of.attempts, ...of.replays].map((attempt, index) => (
        <AttemptItem key={index} of={attempt} />
      ))}
    </ol>
  </section>
);
