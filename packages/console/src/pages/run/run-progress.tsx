import type { Run } from '@contact-sync/api-contracts';
import { Figure, Figures } from '../../elements/figure.tsx';

/** How far a run has come, in counts of deliveries and of contacts. */
export const RunProgress = ({ of: { progress } }: { readonly of: Run }) => {
  const { planned, sent, accepted, refused, contacts, settled, verified } = progress;
  return (
    <section class="stack tight" aria-label="Progress">
      <label class="stack tight">
        <span class="hint">
          {sent} of {planned} deliveries sent
        </span>
        <progress max={Math.max(planned, 1)} value={sent} />
      </label>
      <Figures label="Counts">
        <Figure label="Sent" value={sent} hint={`of ${planned}`} />
        <Figure label="Accepted" value={accepted} />
        <Figure label="Refused" value={refused} />
        <Figure label="Contacts settled" value={settled} hint={`of ${contacts}`} />
        <Figure label="Contacts judged" value={verified} hint={`of ${contacts}`} />
      </Figures>
    </section>
  );
};
