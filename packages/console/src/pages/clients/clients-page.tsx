import { useState } from 'preact/hooks';
import { usePages } from '../../data/use-pages.ts';
import { ListEnd } from '../../elements/list-end.tsx';
import { Page } from '../../elements/page.tsx';
import { Time } from '../../elements/time.tsx';
import { api } from '../../session/current.ts';
import { ClientDialog } from './client-dialog.tsx';
import { NewClientDialog } from './new-client-dialog.tsx';

type Doing = { readonly kind: 'new' } | { readonly kind: 'change'; readonly id: string };

/** Programs that may ask for tokens in their own name. */
export const ClientsPage = () => {
  const pages = usePages('clients', async (cursor, signal) => {
    const query = { limit: 50, ...(cursor && { cursor }) };
    return (await api.listMachineClients({ query }, { signal })).body;
  });
  const [doing, setDoing] = useState<Doing>();
  const close = () => {
    setDoing(undefined);
    pages.reload();
  };
  return (
    <Page
      title="Machine clients"
      lead="Programs that ask for tokens in their own name"
      actions={
        <button type="button" class="primary" onClick={() => setDoing({ kind: 'new' })}>
          New client
        </button>
      }
    >
      <section class="card flush" aria-label="Machine clients">
        {pages.items.length > 0 && (
          <table class="cards">
            <thead>
              <tr>
                <th scope="col">Id</th>
                <th scope="col">For</th>
                <th scope="col">May</th>
                <th scope="col">Old secret until</th>
                <th scope="col">Do</th>
              </tr>
            </thead>
            <tbody>
              {pages.items.map(({ id, audiences, scopes, oldSecretUntil }) => (
                <tr key={id}>
                  <th scope="row" class="mono">
                    {id}
                  </th>
                  <td data-label="For">{audiences.join(', ')}</td>
                  <td data-label="May">{scopes.join(', ') || 'nothing'}</td>
                  <td data-label="Old secret">{oldSecretUntil ? <Time at={oldSecretUntil} /> : 'none'}</td>
                  <td data-label="" class="tight-cell">
                    <button
                      type="button"
                      class="plain"
                      aria-label={`Change ${id}`}
                      onClick={() => setDoing({ kind: 'change', id })}
                    >
                      Change
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <ListEnd of={pages} what="clients" />
      </section>
      {doing?.kind === 'new' && <NewClientDialog onClose={close} />}
      {doing?.kind === 'change' && <ClientDialog id={doing.id} onClose={close} />}
    </Page>
  );
};
