import type { Client } from '@contact-sync/client';
import { useAction } from '../../data/use-action.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { Problem } from '../../elements/problem.tsx';
import { Time } from '../../elements/time.tsx';
import { api } from '../../session/current.ts';

type Group = Awaited<ReturnType<Client['listConsumers']>>['body']['items'][number];

const reasons: Readonly<Record<Group['paused'][number]['why'], string>> = {
  failures: 'Too many records fail alike, so it is us and not them: mend the cause first.',
  'mass-writes': 'Too many deletes or overwrites within ten minutes: look whether they are meant.',
};

const REFRESH_MS = 5_000;

/** Consumer groups that are paused until an operator accepts what they are paused for; nothing where none is. */
export const PausedGroups = () => {
  const groups = useLoaded(
    'consumers',
    async (signal) => (await api.listConsumers({}, { signal })).body.items,
    { everyMs: REFRESH_MS },
  );
  const accept = useAction(async (group: string, fingerprint: string) => {
    await api.resumeConsumer({ params: { group }, body: { accept: fingerprint } });
    groups.reload();
  });
  const paused = (groups.value ?? []).flatMap(({ group, paused: reasonsOf }) =>
    reasonsOf.map((reason) => ({ group, ...reason })),
  );
  return (
    <>
      <Problem error={accept.error ?? groups.error} />
      {paused.map(({ group, fingerprint, why, since }) => (
        <div key={`${group} ${fingerprint}`} class="note" data-tone="bad" role="alert">
          <strong>
            {group} is paused since <Time at={since} />
          </strong>
          <p>{reasons[why]}</p>
          <div class="row">
            <button
              type="button"
              class="danger"
              disabled={accept.busy}
              onClick={() => void accept.run(group, fingerprint)}
            >
              Accept, and let what waits through
            </button>
            <span class="reference mono">{fingerprint}</span>
          </div>
        </div>
      ))}
    </>
  );
};
