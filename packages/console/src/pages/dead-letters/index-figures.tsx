import type { Client } from '@contact-sync/client';
import { Figure, Figures } from '../../elements/figure.tsx';

type Groups = Awaited<ReturnType<Client['listDeadLetterGroups']>>['body'];

/** How much there is, and how much of it the index knows. */
export const IndexFigures = ({ of: { open, letters, behind, dropped } }: { readonly of: Groups }) => (
  <Figures label="Letters">
    <Figure label="Open" value={open} tone={open > 0 ? 'warn' : 'plain'} />
    <Figure label="Held, of any state" value={letters} />
    <Figure label="Not read yet" value={behind} tone={behind > 0 ? 'warn' : 'plain'} />
    <Figure label="Dropped, too many" value={dropped} tone={dropped > 0 ? 'bad' : 'plain'} />
  </Figures>
);
