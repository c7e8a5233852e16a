import { createHash } from 'node:crypto';
import { AcmeContact, AppError, compileCheck } from '@contact-sync/domain';
import type { CrmConduct, CrmStore, StoredCrmContact } from '../crm-ports.ts';
import { normalised } from '../domain/crm/conduct.ts';
import { type CrmContact, eventOf, newContact, patched, removed } from '../domain/crm/crm-contact.ts';
import type { Clock } from '../ports.ts';

/** What AcmeCRM answers to a change of a contact. */
export type Changed =
  | { readonly kind: 'done'; readonly contact: CrmContact }
  | { readonly kind: 'absent' }
  | { readonly kind: 'gone' | 'stale'; readonly version: number };

export type Created =
  | { readonly kind: 'done'; readonly contact: CrmContact }
  | { readonly kind: 'taken'; readonly id: string; readonly version: number };

type Members = Readonly<Record<string, unknown>>;

export type CrmDependencies = {
  readonly store: CrmStore;
  readonly conduct: Pick<CrmConduct, 'current'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
  /** Called after each change: its webhook waits to be sent. */
  readonly onChange: () => void;
};

export type Crm = {
  readonly find: (id: string) => Promise<CrmContact | undefined>;
  /**
   * Repeated with the same key it gives the contact as it was made first, for a day; later it is taken, by that contact.
   *
   * @throws {AppError} IDEMPOTENCY_KEY_REUSED
   */
  readonly create: (members: Members, idempotencyKey: string | undefined) => Promise<Created>;
  /** @throws {AppError} CONFLICT where others change the contact all the time, INVALID_BODY where it would be none. */
  readonly patch: (id: string, patch: Members, version: number | undefined) => Promise<Changed>;
  readonly remove: (id: string, version: number | undefined) => Promise<Changed>;
};

const ATTEMPTS = 10;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const full = () =>
  new AppError('STORAGE_FULL', { message: 'AcmeCRM takes no further contact.', retryable: true });

const checkRecord = compileCheck(AcmeContact);

/** A patch that is sound by itself may make a record that is not: one custom field too many. */
const assertSound = ({ record }: CrmContact): void => {
  const errors = checkRecord(record);
  if (errors.length === 0) return;
  throw new AppError('INVALID_BODY', { message: 'AcmeCRM takes no such contact.', errors });
};

/** AcmeCRM's rules over its store: a change is one version, and its webhook is written with it. */
export const createCrm = ({ store, conduct, clock, newId, onChange }: CrmDependencies): Crm => {
  const at = () => new Date(clock.now()).toISOString();
  /** Members as they are kept: as they were given, or normalised. */
  const kept = async (members: Members): Promise<Members> =>
    (await conduct.current()).normalises ? normalised(members) : members;
  const newEventId = () => `evt_acme_${newId()}`;

  const change = async (
    id: string,
    version: number | undefined,
    to: (contact: CrmContact) => CrmContact | undefined,
  ): Promise<Changed> => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const before = await store.find(id);
      if (!before) return { kind: 'absent' };
      const present = before.contact.record.acme_version;
      if (before.contact.deleted) return { kind: 'gone', version: present };
      if (version !== undefined && version !== present) return { kind: 'stale', version: present };
      const contact = to(before.contact);
      if (!contact) return { kind: 'done', contact: before.contact };
      assertSound(contact);
      const outcome = await store.write({ before, contact, event: eventOf(contact, newEventId()) });
      if (outcome.kind === 'written') {
        onChange();
        return { kind: 'done', contact };
      }
    }
    throw new AppError('CONFLICT', {
      message: 'Others change this contact at the same time.',
      retryable: true,
    });
  };

  const answered = async (key: string, bodyHash: string): Promise<Created | undefined> => {
    const answer = await store.answerOf(key);
    if (!answer) return undefined;
    if (answer.bodyHash === bodyHash) return { kind: 'done', contact: answer.contact };
    throw new AppError('IDEMPOTENCY_KEY_REUSED', { message: 'This key came before with another body.' });
  };

  const takenBy = async (owner: string): Promise<Created> => {
    const stored: StoredCrmContact | undefined = await store.find(owner);
    return { kind: 'taken', id: owner, version: stored?.contact.record.acme_version ?? 1 };
  };

  return {
    find: async (id) => (await store.find(id))?.contact,
    create: async (members, idempotencyKey) => {
      const bodyHash = hashOf(JSON.stringify(members));
      const repeated = idempotencyKey === undefined ? undefined : await answered(idempotencyKey, bodyHash);
      if (repeated) return repeated;
      // With a key the id follows from it, so that of two repeats at one time one alone makes a contact.
      const id = `acme_${idempotencyKey === undefined ? newId() : hashOf(idempotencyKey).slice(0, 32)}`;
      const contact = newContact(await kept(members), id, at());
      const answer = idempotencyKey === undefined ? {} : { answer: { key: idempotencyKey, bodyHash } };
      const outcome = await store.write({ contact, event: eventOf(contact, newEventId()), ...answer });
      if (outcome.kind === 'taken') return takenBy(outcome.id);
      if (outcome.kind === 'full') throw full();
      if (outcome.kind === 'moved') return (await answered(idempotencyKey ?? '', bodyHash)) ?? takenBy(id);
      onChange();
      return { kind: 'done', contact };
    },
    patch: async (id, patch, version) => {
      const written = await kept(patch);
      return change(id, version, (contact) => patched(contact, written, at()));
    },
    remove: (id, version) => change(id, version, (contact) => removed(contact, at())),
  };
};
