import { usePages } from '../../data/use-pages.ts';
import { ListEnd } from '../../elements/list-end.tsx';
import { Page } from '../../elements/page.tsx';
import { Time } from '../../elements/time.tsx';
import { Value } from '../../elements/value.tsx';
import { route } from '../../routing/current-route.ts';
import { hrefOf } from '../../routing/route.ts';
import { api } from '../../session/current.ts';

const trails = { changes: 'Changes', logins: 'Log-ins' } as const;

/** Who did what to accounts, when and from where. */
export const AuditPage = () => {
  const trail = route.value.query['trail'] === 'logins' ? 'logins' : 'changes';
  const pages = usePages(trail, async (cursor, signal) => {
    const query = { trail, limit: 50, ...(cursor && { cursor }) } as const;
    return (await api.listAuditEntries({ query }, { signal })).body;
  });
  return (
    <Page title="Audit" lead="Who did what to accounts and clients, newest first">
      <nav class="row" aria-label="Trail">
        {(['changes', 'logins'] as const).map((name) => (
          <a
            key={name}
            class="button"
            href={hrefOf(['audit'], { trail: name })}
            aria-current={name === trail ? 'true' : undefined}
          >
            {trails[name]}
          </a>
        ))}
      </nav>
      <section class="card flush" aria-label={trails[trail]}>
        {pages.items.length > 0 && (
          <table class="cards">
            <thead>
              <tr>
                <th scope="col">At</th>
                <th scope="col">What</th>
                <th scope="col">By</th>
                <th scope="col">About</th>
                <th scope="col">Detail</th>
                <th scope="col">From</th>
              </tr>
            </thead>
            <tbody>
              {pages.items.map(({ id, at, action, by, target, detail, address }) => (
                <tr key={id}>
                  <th scope="row">
                    <Time at={at} />
                  </th>
                  <td data-label="What" class="tight-cell">
                    {action}
                  </td>
                  <td data-label="By" class="mono">
                    {by}
                  </td>
                  <td data-label="About" class="mono">
                    {target}
                  </td>
                  <td data-label="Detail">
                    <Value of={detail} />
                  </td>
                  <td data-label="From" class="mono">
                    {address}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <ListEnd of={pages} what="entries" />
      </section>
    </Page>
  );
};
