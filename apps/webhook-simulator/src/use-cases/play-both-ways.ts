import { AppError, contactIdOfAcme } from '@contact-sync/domain';
import type { CrmConduct } from '../crm-ports.ts';
import type { BothWaysEvidence, MadeStep } from '../domain/both-ways/judge-both-ways.ts';
import { type BothWaysPlan, type PlannedContact, type Step, sharedFields } from '../domain/both-ways/plan.ts';
import type { Clock, ContactEditor } from '../ports.ts';
import type { Crm } from './crm.ts';
import { openLoop, type Sending } from './open-loop.ts';
import { type Patience, persistently } from './persistently.ts';

/** What a run needs to play people in AcmeCRM. */
export type StoreOfAcme = {
  readonly crm: Crm;
  readonly conduct: Pick<CrmConduct, 'set'>;
};

export type PlayDependencies = StoreOfAcme & {
  readonly editor: ContactEditor;
  readonly clock: Clock;
  readonly newId: () => string;
};

/** A contact of which both sides may know, as its people left it. */
export type PlayedContact = BothWaysEvidence & {
  /** In AcmeCRM, of one that was born there. */
  readonly acmeId?: string;
};

export type Played = { readonly contacts: readonly PlayedContact[]; readonly sending: Sending };

const SECOND_MS = 1_000;

type Ids = { readonly contactId: string; readonly acmeId?: string };

const notYetThere = () =>
  new AppError('CONTACT_NOT_FOUND', { message: 'The contact is not there yet.', retryable: true });

const made = (attempt: () => Promise<unknown>, patience: Patience): Promise<boolean> =>
  persistently(attempt, patience).then(
    () => true,
    () => {
      patience.signal.throwIfAborted();
      return false;
    },
  );

/** People: they do one thing after the other to a contact, each when it is due, and try until they are answered. */
const createPeople = ({ crm, editor, newId }: PlayDependencies, patience: Patience) => {
  /** Of a contact born here, once AcmeCRM has it. */
  const acmeIdOf = async ({ contactId, acmeId }: Ids): Promise<string> => {
    const linked = acmeId ?? (await editor.sourceIdOf(contactId));
    if (linked === undefined) throw notYetThere();
    return linked;
  };
  const born = async ({ born: side, members }: PlannedContact): Promise<Ids> => {
    if (side === 'here') {
      const key = newId();
      return { contactId: await persistently(() => editor.create(members, key), patience) };
    }
    const created = await crm.create(members, newId());
    const acmeId = created.kind === 'done' ? created.contact.record.id : created.id;
    return { contactId: contactIdOfAcme(acmeId), acmeId };
  };
  const doStep = async (step: Step, ids: Ids): Promise<void> => {
    if (step.kind === 'delete') {
      await crm.remove(await acmeIdOf(ids), undefined);
      return;
    }
    const { side, field, value } = step;
    if (side === 'there') {
      await crm.patch(await acmeIdOf(ids), { [sharedFields[field]]: value }, undefined);
      return;
    }
    if ((await editor.edit({ ...ids, field, value })) === 'absent') throw notYetThere();
  };
  return { born, doStep: (step: Step, ids: Ids) => made(() => doStep(step, ids), patience) };
};

/**
 * Plays people on both sides at once, with AcmeCRM behaving as the plan has it until the last step is done. What is done to
 * one contact on one side is done in order.
 */
export const playBothWays = async (
  plan: BothWaysPlan,
  dependencies: PlayDependencies,
  { patienceMs, signal }: { readonly patienceMs: number; readonly signal: AbortSignal },
): Promise<Played> => {
  const { clock, conduct } = dependencies;
  const lastAt = plan.steps.at(-1)?.at ?? 0;
  const patience = { clock, signal, deadline: clock.now() + lastAt + patienceMs };
  const people = createPeople(dependencies, patience);
  await conduct.set(plan.conduct, Math.ceil((lastAt + patienceMs) / SECOND_MS));
  const births = plan.contacts.map((contact) => ({ contact, ids: Promise.withResolvers<Ids>() }));
  for (const { ids } of births) ids.promise.catch(() => undefined);
  const done = plan.contacts.map((): MadeStep[] => []);
  const turns = new Map<string, Promise<void>>();
  const inTurn = (step: Step): Promise<void> => {
    const key = `${step.contact} ${step.side}`;
    const turn = (turns.get(key) ?? Promise.resolve()).then(async () => {
      const ids = await births[step.contact]?.ids.promise;
      if (ids) done[step.contact]?.push({ ...step, isMade: await people.doStep(step, ids) });
    });
    turns.set(key, turn);
    return turn;
  };
  const bearings = births.map(({ contact, ids }) => ({
    at: contact.bornAt,
    begin: () =>
      people.born(contact).then(ids.resolve, (fault) => {
        ids.reject(fault);
        throw fault;
      }),
  }));
  const acts = [...bearings, ...plan.steps.map((step) => ({ at: step.at, begin: () => inTurn(step) }))];
  const sending = await openLoop(acts, ({ begin }) => begin(), { clock, signal });
  await conduct.set({}, 1);
  const contacts = await Promise.all(
    births.map(async ({ contact, ids }, index) => ({
      ...(await ids.promise),
      born: contact.born,
      steps: done[index] ?? [],
    })),
  );
  return { contacts, sending };
};
