import type { DeadLetter } from '@contact-sync/api-contracts';
import { useLoaded } from '../../data/use-loaded.ts';
import { CodeBlock } from '../../elements/code-block.tsx';
import { Facts } from '../../elements/facts.tsx';
import { Page } from '../../elements/page.tsx';
import { Time } from '../../elements/time.tsx';
import { View } from '../../elements/view.tsx';
import { hrefOf } from '../../routing/route.ts';
import { api } from '../../session/current.ts';
import { LetterActions } from '../dead-letters/letter-actions.tsx';
import { LetterBadge } from '../dead-letters/letter-badge.tsx';
import { Bytes } from './bytes.tsx';

const LetterFacts = ({ of }: { readonly of: DeadLetter }) => (
  <Facts
    of={{
      State: <LetterBadge state={of.state} />,
      Kind: of.kind,
      Stage: of.stage,
      Code: <code>{of.code}</code>,
      'Member at fault': of.pointer && <code>{of.pointer}</code>,
      Contact: of.contactId && (
        <a class="mono" href={hrefOf(['contacts', of.contactId])}>
          {of.contactId}
        </a>
      ),
      Event: of.eventId && (
        <a class="mono" href={hrefOf(['events', of.eventId])}>
          {of.eventId}
        </a>
      ),
      'First failure': of.firstFailureAt && <Time at={of.firstFailureAt} />,
      'Last failure': of.lastFailureAt && <Time at={of.lastFailureAt} />,
      Attempts: of.attempts,
      Replays: of.replays,
      Decision: of.decision && `${of.decision.kind} by ${of.decision.by}: ${of.decision.reason}`,
      'All of this cause': (
        <a class="mono" href={hrefOf(['dead-letters'], { fingerprint: of.fingerprint })}>
          {of.fingerprint}
        </a>
      ),
    }}
  />
);

const jsonText = (value: unknown): string => JSON.stringify(value, null, 2);

/** One letter, decoded beside its bytes, with the contact as it is now. */
export const LetterPage = ({ id }: { readonly id: string }) => {
  const loaded = useLoaded(
    id,
    async (signal) => (await api.getDeadLetter({ params: { id } }, { signal })).body,
  );
  return (
    <Page title="Dead letter" lead={id}>
      <View of={loaded} what="the letter">
        {({ letter, gone, decoded, undecodable, contact, key, value, headers }) => (
          <>
            {letter.state === 'open' && <LetterActions select={{ ids: [id] }} onChanged={loaded.reload} />}
            <section class="card" aria-label="Facts">
              <LetterFacts of={letter} />
            </section>
            <div class="columns">
              <section class="card" aria-labelledby="decoded">
                <h2 id="decoded">What came</h2>
                {gone && <p>Kafka has let go of the record.</p>}
                {undecodable ? (
                  <p>
                    It does not decode: <code>{undecodable}</code>
                  </p>
                ) : (
                  <CodeBlock>{jsonText(decoded)}</CodeBlock>
                )}
              </section>
              <section class="card" aria-labelledby="now">
                <h2 id="now">The contact now</h2>
                {contact ? <CodeBlock>{jsonText(contact)}</CodeBlock> : <p>There is none.</p>}
              </section>
            </div>
            <Bytes keyBytes={key} value={value} headers={headers} />
          </>
        )}
      </View>
    </Page>
  );
};
