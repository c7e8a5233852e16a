import type { Replay } from '@contact-sync/api-contracts';
import { useAction } from '../../data/use-action.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { Facts } from '../../elements/facts.tsx';
import { Figure, Figures } from '../../elements/figure.tsx';
import { Page } from '../../elements/page.tsx';
import { Problem } from '../../elements/problem.tsx';
import { Time } from '../../elements/time.tsx';
import { View } from '../../elements/view.tsx';
import { hrefOf } from '../../routing/route.ts';
import { api } from '../../session/current.ts';
import { ReplayBadge } from './replay-badge.tsx';

const REFRESH_MS = 1_000;

const Progress = ({ of: { progress, failure } }: { readonly of: Replay }) => {
  const { planned, sent, refused, parked, gone, returned } = progress;
  return (
    <>
      <label class="stack tight">
        {sent} of {planned} letters sent
        <progress max={Math.max(planned, 1)} value={sent + parked + gone} />
      </label>
      <Figures label="Progress">
        <Figure label="Sent" value={sent} />
        <Figure label="Refused again" value={refused} tone={refused > 0 ? 'warn' : 'plain'} />
        <Figure label="Came back" value={returned} tone={returned > 0 ? 'warn' : 'plain'} />
        <Figure label="Parked" value={parked} tone={parked > 0 ? 'bad' : 'plain'} />
        <Figure label="Bytes gone" value={gone} tone={gone > 0 ? 'bad' : 'plain'} />
      </Figures>
      {failure && (
        <div class="note" data-tone="warn" role="status">
          <strong>It does not get on just now, and tries on</strong>
          <p>{failure}</p>
        </div>
      )}
    </>
  );
};

/** One replay as it goes on, with a way to end it. */
export const ReplayPage = ({ id }: { readonly id: string }) => {
  const replay = useLoaded(id, async (signal) => (await api.getReplay({ params: { id } }, { signal })).body, {
    everyMs: REFRESH_MS,
  });
  const cancel = useAction(async () => {
    await api.cancelReplay({ params: { id } });
    replay.reload();
  });
  const goesOn = replay.value && replay.value.finishedAt === undefined;
  return (
    <Page
      title="Replay"
      actions={
        goesOn && (
          <button type="button" class="danger" disabled={cancel.busy} onClick={() => void cancel.run()}>
            Cancel the replay
          </button>
        )
      }
    >
      <a href={hrefOf(['dead-letters'])}>All causes</a>
      <Problem error={cancel.error} />
      <View of={replay} what="the replay">
        {(one) => (
          <section class="card" aria-label="Progress">
            <Facts
              of={{
                State: <ReplayBadge state={one.state} />,
                Reason: one.request.reason,
                'Begun by': one.by,
                Begun: <Time at={one.startedAt} />,
                Ended: one.finishedAt && <Time at={one.finishedAt} />,
              }}
            />
            <Progress of={one} />
          </section>
        )}
      </View>
    </Page>
  );
};
