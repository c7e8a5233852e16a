import type { BornHere, SweepFinding } from '@contact-sync/api-contracts';
import { withFindings } from './add-up.ts';
import type { MirrorReader, WriterProgress } from './ports.ts';
import type { SweepJob, SweepProgress } from './sweep-job.ts';

export type SweepBornHerePorts = {
  readonly mirrors: Pick<MirrorReader, 'bornHere'>;
  readonly writer: WriterProgress;
};

const findingOf = ({ contactId, why }: BornHere): SweepFinding => ({
  difference: 'not-created',
  contactId,
  ...(why !== undefined && { why }),
});

/** Whether a contact that AcmeCRM has no record of may come to one by itself; `lookedUntil` in ms since the epoch. */
const isPending = ({ record, updatedAt }: BornHere, lookedUntil: number): boolean =>
  record === 'under-way' || (record === 'none' && Date.parse(updatedAt) >= lookedUntil);

/** One page of what was made here: what AcmeCRM never came to have is named, unless its create is on its way. */
export const sweepBornHere = async (
  { mirrors, writer }: SweepBornHerePorts,
  { progress }: SweepJob,
  { cursor, graceMs }: { readonly cursor: string | undefined; readonly graceMs: number },
): Promise<{ readonly progress: SweepProgress; readonly looked: number; readonly nextCursor?: string }> => {
  // Asked first: a create that ends meanwhile is seen on the page.
  const lookedUntil = (await writer.lookedUntil()) - graceMs;
  const { items, nextCursor } = await mirrors.bornHere(cursor);
  const unlinked = items.filter(({ record }) => record !== 'linked');
  const notCreated = unlinked.filter((contact) => !isPending(contact, lookedUntil));
  const { counts, findings } = progress;
  return {
    progress: {
      ...progress,
      counts: {
        ...counts,
        notCreated: counts.notCreated + notCreated.length,
        createPending: counts.createPending + unlinked.length - notCreated.length,
      },
      findings: withFindings(findings, notCreated.map(findingOf)),
    },
    looked: items.length,
    ...(nextCursor !== undefined && { nextCursor }),
  };
};
