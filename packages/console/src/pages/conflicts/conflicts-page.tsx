import { usePages } from '../../data/use-pages.ts';
import { ListEnd } from '../../elements/list-end.tsx';
import { Page } from '../../elements/page.tsx';
import { api } from '../../session/current.ts';
import { ConflictCard } from './conflict-card.tsx';

/** Contacts of which both sides have a say, oldest first, each to be decided. */
export const ConflictsPage = () => {
  const pages = usePages('conflicts', async (cursor, signal) => {
    const query = { limit: 50, ...(cursor && { cursor }) };
    return (await api.listConflicts({ query }, { signal })).body;
  });
  return (
    <Page title="Conflicts" lead="Contacts of which both sides have a say, the oldest first">
      {pages.items.map((conflict) => (
        <ConflictCard key={conflict.id} of={conflict} onResolved={pages.reload} />
      ))}
      <ListEnd of={pages} what="conflicts" hint="Both sides agree, or nobody has changed the same field." />
    </Page>
  );
};
