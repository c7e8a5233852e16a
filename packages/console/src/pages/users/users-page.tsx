import type { Client } from '@contact-sync/client';
import { useState } from 'preact/hooks';
import { usePages } from '../../data/use-pages.ts';
import { Badge } from '../../elements/badge.tsx';
import { ListEnd } from '../../elements/list-end.tsx';
import { Page } from '../../elements/page.tsx';
import { Time } from '../../elements/time.tsx';
import { api, me } from '../../session/current.ts';
import { UserDialog } from './user-dialog.tsx';

export type User = Awaited<ReturnType<Client['getUser']>>['body'];

const UserRow = ({ of, onEdit }: { readonly of: User; readonly onEdit: () => void }) => (
  <tr>
    <th scope="row">
      {of.email} {of.id === me() && <span class="hint">you</span>}
    </th>
    <td data-label="Roles">{of.roles.join(', ')}</td>
    <td data-label="State">
      <Badge tone={of.disabled ? 'bad' : 'good'}>{of.disabled ? 'disabled' : 'may log in'}</Badge>
    </td>
    <td data-label="Since">
      <Time at={of.createdAt} />
    </td>
    <td class="tight-cell" data-label="">
      <button type="button" class="plain" onClick={onEdit} aria-label={`Change ${of.email}`}>
        Change
      </button>
    </td>
  </tr>
);

/** Who may log in, and as what. */
export const UsersPage = () => {
  const pages = usePages('users', async (cursor, signal) => {
    const query = { limit: 50, ...(cursor && { cursor }) };
    return (await api.listUsers({ query }, { signal })).body;
  });
  const [edited, setEdited] = useState<User | 'new'>();
  const close = () => setEdited(undefined);
  return (
    <Page
      title="Users"
      lead="People who may log in"
      actions={
        <button type="button" class="primary" onClick={() => setEdited('new')}>
          New user
        </button>
      }
    >
      <section class="card flush" aria-label="Users">
        {pages.items.length > 0 && (
          <table class="cards">
            <thead>
              <tr>
                <th scope="col">E-mail</th>
                <th scope="col">Roles</th>
                <th scope="col">State</th>
                <th scope="col">Since</th>
                <th scope="col">Do</th>
              </tr>
            </thead>
            <tbody>
              {pages.items.map((user) => (
                <UserRow key={user.id} of={user} onEdit={() => setEdited(user)} />
              ))}
            </tbody>
          </table>
        )}
        <ListEnd of={pages} what="users" />
      </section>
      {edited && (
        <UserDialog
          of={edited === 'new' ? undefined : edited}
          onClose={close}
          onDone={() => {
            close();
            pages.reload();
          }}
        />
      )}
    </Page>
  );
};
