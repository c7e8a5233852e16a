import { useAction } from '../../data/use-action.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { Badge } from '../../elements/badge.tsx';
import { Page } from '../../elements/page.tsx';
import { Problem } from '../../elements/problem.tsx';
import { Time } from '../../elements/time.tsx';
import { View } from '../../elements/view.tsx';
import { api } from '../../session/current.ts';
import { PasswordForm } from './password-form.tsx';

/** One's own sessions, each of which can be ended, and one's password. */
export const SessionsPage = () => {
  const sessions = useLoaded(
    'sessions',
    async (signal) => (await api.listSessions({}, { signal })).body.items,
  );
  const end = useAction(async (id: string) => {
    await api.endSession({ params: { id } });
    sessions.reload();
  });
  return (
    <Page title="My sessions" lead="Where you are logged in">
      <Problem error={end.error} />
      <section class="card flush" aria-label="Sessions">
        <View of={sessions} what="your sessions">
          {(items) => (
            <table class="cards">
              <thead>
                <tr>
                  <th scope="col">Browser or program</th>
                  <th scope="col">From</th>
                  <th scope="col">Last used</th>
                  <th scope="col">Ends unused</th>
                  <th scope="col">Do</th>
                </tr>
              </thead>
              <tbody>
                {items.map(({ id, current, userAgent, address, lastUsedAt, expiresAt }) => (
                  <tr key={id}>
                    <th scope="row">
                      {userAgent} {current && <Badge tone="info">this one</Badge>}
                    </th>
                    <td data-label="From" class="mono">
                      {address}
                    </td>
                    <td data-label="Last used">
                      <Time at={lastUsedAt} ago />
                    </td>
                    <td data-label="Ends unused">
                      <Time at={expiresAt} />
                    </td>
                    <td data-label="" class="tight-cell">
                      {!current && (
                        <button
                          type="button"
                          class="plain"
                          disabled={end.busy}
                          onClick={() => void end.run(id)}
                        >
                          End it
                        </button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </View>
      </section>
      <PasswordForm />
    </Page>
  );
};
