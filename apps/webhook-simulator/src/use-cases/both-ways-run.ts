import type { Findings } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import type { Tally } from '../domain/delivery/tally.ts';
import { joinFindings } from '../domain/oracle/finding.ts';
import type { RunScript } from '../domain/scenario/compose.ts';
import type { Clock, ContactEditor, ContactReader } from '../ports.ts';
import { judgeBothSides } from './judge-both-sides.ts';
import { type PlayedContact, playBothWays, type StoreOfAcme } from './play-both-ways.ts';
import type { Underway } from './send-script.ts';

type Stage = Underway & {
  readonly acme?: StoreOfAcme;
  readonly editor: ContactEditor;
  readonly reader: ContactReader;
  readonly clock: Clock;
  readonly newId: () => string;
};

type PlayedPart = { readonly part: number; readonly contacts: readonly PlayedContact[] };

/** What people did on both sides, as a verdict counts it: a step is a delivery that was accepted or never answered. */
export type PlayedBothWays = {
  readonly parts: readonly PlayedPart[];
  readonly contacts: RunScript['contacts'];
  readonly addTo: (tally: Tally) => Tally;
};

const countsOf = ({ contacts }: PlayedPart) => {
  const steps = contacts.flatMap((contact) => contact.steps);
  const accepted = contacts.length + steps.filter(({ isMade }) => isMade).length;
  const sent = contacts.length + steps.length;
  return { sent, accepted, unanswered: sent - accepted };
};

const addedTo = (tally: Tally, parts: readonly PlayedPart[]): Tally => {
  const byPart = [...tally.byPart];
  let { total } = tally;
  for (const played of parts) {
    const { sent, accepted, unanswered } = countsOf(played);
    const none = { sent: 0, accepted: 0, refused: 0, duplicates: 0, unanswered: 0, retries: 0 };
    const before = byPart[played.part] ?? none;
    const added = (counts: typeof none) => ({
      ...counts,
      sent: counts.sent + sent,
      accepted: counts.accepted + accepted,
      unanswered: counts.unanswered + unanswered,
    });
    byPart[played.part] = added(before);
    total = added(total);
  }
  return { ...tally, total, byPart };
};

const noStore = () =>
  new AppError('INTERNAL', {
    message: 'Something went wrong on our side.',
    internal: "a scenario plays AcmeCRM's store where there is none",
  });

/** The share of a run that is played on both sides; nothing where no scenario of it is. */
export const bothWaysRun = (stage: Stage) => {
  const { script, run, acme, clock, signal, report } = stage;
  const settleMs = run.options.settleTimeoutSeconds * 1_000;
  const storeOf = (): StoreOfAcme => {
    if (!acme) throw noStore();
    return acme;
  };
  return {
    play: async (): Promise<PlayedBothWays> => {
      const parts: PlayedPart[] = await Promise.all(
        script.bothWays.map(async ({ part, plan }) => {
          const played = await playBothWays(
            plan,
            { ...stage, ...storeOf() },
            { patienceMs: settleMs, signal },
          );
          return { part, contacts: played.contacts };
        }),
      );
      const contacts = parts.flatMap(({ part, contacts: all }) =>
        all.map(({ contactId, acmeId = '' }) => ({ part, contactId, acmeId, events: [] })),
      );
      return { parts, contacts, addTo: (tally) => addedTo(tally, parts) };
    },
    judge: async ({ parts }: PlayedBothWays): Promise<Findings> => {
      const contacts = parts.flatMap((played) => played.contacts);
      if (contacts.length === 0) return joinFindings([]);
      const patience = { clock, signal, deadline: clock.now() + settleMs };
      return judgeBothSides(contacts, { ...storeOf(), reader: stage.reader }, patience, (settled) =>
        report({ progress: { settled } }),
      );
    },
  };
};
