import type { Findings } from '@contact-sync/api-contracts';
import { type BothSides, judgeBothWays } from '../domain/both-ways/judge-both-ways.ts';
import type { CrmContact } from '../domain/crm/crm-contact.ts';
import { joinFindings } from '../domain/oracle/finding.ts';
import type { ContactReader } from '../ports.ts';
import type { Crm } from './crm.ts';
import { eachAtOnce } from './each-at-once.ts';
import type { Patience } from './persistently.ts';
import type { PlayedContact } from './play-both-ways.ts';
import { readContact } from './read-views.ts';

export type JudgeSidesDependencies = {
  readonly crm: Pick<Crm, 'find'>;
  readonly reader: ContactReader;
};

const AT_ONCE = 4;
/** For so long nothing may change any more. */
const QUIET_MS = 2_000;

type Sides = Omit<BothSides, 'moved'>;

const areAlike = ({ views, there }: Sides): boolean =>
  views?.acme !== undefined &&
  views.acme !== null &&
  views.acme.sourceVersion === there?.record.acme_version &&
  views.acme.deleted === there.deleted;

const acmeIdOf = ({ acmeId }: PlayedContact, views: Sides['views']): string | undefined => {
  const id = acmeId ?? views?.acme?.record?.['id'];
  return typeof id === 'string' ? id : undefined;
};

/**
 * Reads both sides of every contact until each pair is at one version and nothing has changed for two seconds, or the
 * deadline is over, and judges them then.
 */
export const judgeBothSides = async (
  contacts: readonly PlayedContact[],
  { crm, reader }: JudgeSidesDependencies,
  patience: Patience,
  onProgress: (alike: number) => void,
): Promise<Findings> => {
  const read = async (contact: PlayedContact): Promise<Sides> => {
    const views = await readContact(contact.contactId, reader, patience);
    const acmeId = acmeIdOf(contact, views);
    const there: CrmContact | undefined = acmeId === undefined ? undefined : await crm.find(acmeId);
    return { views, there };
  };
  const readAll = () => eachAtOnce(contacts, AT_ONCE, read);
  let before = await readAll();
  for (;;) {
    await patience.clock.wait(QUIET_MS, patience.signal);
    const now = await readAll();
    const sides = now.map((side, index) => ({
      ...side,
      moved: JSON.stringify(side) !== JSON.stringify(before[index]),
    }));
    const quiet = sides.filter((side) => areAlike(side) && !side.moved).length;
    onProgress(quiet);
    if (quiet === sides.length || patience.clock.now() >= patience.deadline)
      return joinFindings(
        sides.flatMap((side, index) => {
          const contact = contacts[index];
          return contact ? [judgeBothWays(contact, side)] : [];
        }),
      );
    before = now;
  }
};
