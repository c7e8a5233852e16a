import type { LetterSelection } from '@contact-sync/api-contracts';
import { useState } from 'preact/hooks';
import { goTo } from '../../routing/current-route.ts';
import { api } from '../../session/current.ts';
import { DryRun } from './dry-run.tsx';
import { ReasonDialog } from './reason-dialog.tsx';

type Doing = 'replay' | 'discard';

/** Dry run, replay and discard of letters that are selected: all of one cause, or one. */
export const LetterActions = ({
  select,
  onChanged,
}: {
  readonly select: LetterSelection;
  readonly onChanged: () => void;
}) => {
  const [tried, setTried] = useState(0);
  const [doing, setDoing] = useState<Doing>();
  const close = () => setDoing(undefined);
  return (
    <div class="stack">
      <div class="row">
        <button type="button" class="primary" onClick={() => setTried(tried + 1)}>
          Dry run
        </button>
        <button type="button" onClick={() => setDoing('replay')}>
          Replay
        </button>
        <button type="button" class="danger" onClick={() => setDoing('discard')}>
          Discard
        </button>
      </div>
      {tried > 0 && <DryRun key={tried} select={select} />}
      {doing === 'replay' && (
        <ReasonDialog
          title="Replay"
          text="The letters go through the retry tiers again, in the order of each contact. No version rule is passed by."
          onClose={close}
          onReason={async (reason) => {
            const { body } = await api.startReplay({ body: { select, reason } });
            goTo(['replays', body.id]);
          }}
        />
      )}
      {doing === 'discard' && (
        <ReasonDialog
          title="Discard"
          text="The letters leave the list of what is open, up to 1,000 at a time. Their bytes stay in Kafka until its retention ends."
          onClose={close}
          onReason={async (reason) => {
            await api.discardDeadLetters({ body: { select, reason } });
            close();
            onChanged();
          }}
        />
      )}
    </div>
  );
};
