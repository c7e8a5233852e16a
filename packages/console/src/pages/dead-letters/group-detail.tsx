import type { Client } from '@contact-sync/client';
import { usePages } from '../../data/use-pages.ts';
import { ListEnd } from '../../elements/list-end.tsx';
import { Page } from '../../elements/page.tsx';
import { hrefOf } from '../../routing/route.ts';
import { api } from '../../session/current.ts';
import { LetterActions } from './letter-actions.tsx';
import { LetterRows } from './letter-rows.tsx';

type Group = Awaited<ReturnType<Client['listDeadLetterGroups']>>['body']['groups'][number];

/** The letters of one cause, and what can be done about all of them. */
export const GroupDetail = ({
  fingerprint,
  group,
  onChanged,
}: {
  readonly fingerprint: string;
  readonly group: Group | undefined;
  readonly onChanged: () => void;
}) => {
  const pages = usePages(fingerprint, async (cursor, signal) => {
    const query = { fingerprint, limit: 50, ...(cursor && { cursor }) };
    return (await api.listDeadLetters({ query }, { signal })).body;
  });
  const lead = group && `${group.count} open, failed at ${group.stage} ${group.pointer ?? ''}`;
  return (
    <Page title={group?.code ?? 'Letters of one cause'} {...(lead && { lead })}>
      <a href={hrefOf(['dead-letters'])}>All causes</a>
      <LetterActions
        select={{ filter: { fingerprint } }}
        onChanged={() => {
          pages.reload();
          onChanged();
        }}
      />
      <section class="card flush" aria-label="Letters">
        {pages.items.length > 0 && <LetterRows of={pages.items} />}
        <ListEnd of={pages} what="open letters" hint="They were replayed or discarded, or never were." />
      </section>
    </Page>
  );
};
