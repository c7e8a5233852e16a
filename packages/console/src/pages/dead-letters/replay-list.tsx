import { useLoaded } from '../../data/use-loaded.ts';
import { Time } from '../../elements/time.tsx';
import { Empty, View } from '../../elements/view.tsx';
import { hrefOf } from '../../routing/route.ts';
import { api } from '../../session/current.ts';
import { ReplayBadge } from '../replay/replay-badge.tsx';

/** The last replays, newest first. */
export const ReplayList = () => {
  const replays = useLoaded('replays', async (signal) => (await api.listReplays({}, { signal })).body.items);
  return (
    <section class="card flush" aria-labelledby="replays">
      <h2 id="replays" class="card-head">
        Replays
      </h2>
      <View of={replays} what="replays">
        {(items) =>
          items.length === 0 ? (
            <Empty title="Nothing was replayed yet" />
          ) : (
            <table class="cards">
              <thead>
                <tr>
                  <th scope="col">Begun</th>
                  <th scope="col">State</th>
                  <th scope="col">Reason</th>
                  <th scope="col" class="number">
                    Sent
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map(({ id, startedAt, state, request, progress }) => (
                  <tr key={id}>
                    <th scope="row">
                      <a href={hrefOf(['replays', id])}>
                        <Time at={startedAt} />
                      </a>
                    </th>
                    <td data-label="State">
                      <ReplayBadge state={state} />
                    </td>
                    <td data-label="Reason">{request.reason}</td>
                    <td data-label="Sent" class="number">
                      {progress.sent} of {progress.planned}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </View>
    </section>
  );
};
