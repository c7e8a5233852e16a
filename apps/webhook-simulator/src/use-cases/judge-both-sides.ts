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

const isClean = ({ lost, doubled, unexpected, unverified }: Findings): boolean =>
  lost.length + doubled.length + unexpected.length + unverified.length === 0;

const acmeIdOf = ({ acmeId }: PlayedContact, views: Sides['views']): string | undefined => {
  const id = acmeId ?? views?.acme?.record?.['id'];
  return typeof id === 'string' ? id : undefined;
};

/** One try: where the inbox cannot be read the findings stand as they are. */
const frozenOf = (reader: ContactReader, { signal }: Patience): Promise<ReadonlySet<string>> =>
  reader.frozen().catch(() => {
    signal.throwIfAborted();
    return new Set<string>();
  });

/** Whatever is wrong with a contact that is frozen follows from that: nobody goes on to make its sides alike. */
const laidToBreaker = (
  findings: Findings,
  contact: PlayedContact | undefined,
  frozen: ReadonlySet<string>,
): Findings =>
  contact === undefined || isClean(findings) || !frozen.has(contact.contactId)
    ? findings
    : joinFindings([{ unexpected: [{ contactId: contact.contactId, code: 'FROZEN' }] }]);

/**
 * Reads both sides of every contact until nothing is found of any and nothing has changed for two seconds: a write may wait
 * for its turn while both are at one version. What is still found at the deadline stands, or is laid to the loop breaker.
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
  const judged = (now: readonly Sides[], before: readonly Sides[]): Findings[] =>
    contacts.map((contact, index) => {
      const { views, there } = now[index] ?? { views: undefined, there: undefined };
      const moved = JSON.stringify(now[index]) !== JSON.stringify(before[index]);
      return judgeBothWays(contact, { views, there, moved });
    });
  let before = await readAll();
  for (;;) {
    await patience.clock.wait(QUIET_MS, patience.signal);
    const now = await readAll();
    const findings = judged(now, before);
    const clean = findings.filter(isClean).length;
    onProgress(clean);
    if (clean === contacts.length) return joinFindings(findings);
    if (patience.clock.now() >= patience.deadline) {
      const frozen = await frozenOf(reader, patience);
      return joinFindings(findings.map((found, index) => laidToBreaker(found, contacts[index], frozen)));
    }
    before = now;
  }
};
