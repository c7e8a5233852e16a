import { usePages } from '../../data/use-pages.ts';
import { ListEnd } from '../../elements/list-end.tsx';
import { Page } from '../../elements/page.tsx';
import { route } from '../../routing/current-route.ts';
import { api } from '../../session/current.ts';
import { ContactRows } from './contact-rows.tsx';
import { ContactSearch, type Search, searchOf } from './contact-search.tsx';

const queryOf = ({ q, email, status, source, deleted }: Search) => ({
  ...(q && { q }),
  ...(email && { email }),
  ...(status && { status }),
  ...(source && { source }),
  ...(deleted && { includeDeleted: true }),
  // Without names to look for, what changed last is what people look for.
  ...(!q && { sort: '-updatedAt' as const }),
});

/** Search among all contacts, with what is asked for in the address. */
export const ContactsPage = () => {
  const search = searchOf(route.value.query);
  const pages = usePages(JSON.stringify(search), async (cursor, signal) => {
    const query = { ...queryOf(search), limit: 50, ...(cursor && { cursor }) };
    return (await api.listContacts({ query }, { signal })).body;
  });
  return (
    <Page title="Contacts" lead="As our store holds them, those of AcmeCRM and those made here">
      <ContactSearch key={JSON.stringify(search)} of={search} />
      <section class="card flush" aria-label="Contacts found">
        {pages.items.length > 0 && <ContactRows of={pages.items} />}
        <ListEnd of={pages} what="contacts" hint="Names are found by how they begin, in any case." />
      </section>
    </Page>
  );
};
