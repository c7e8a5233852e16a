import { isDeepStrictEqual } from 'node:util';
import type { AcmeContact, AcmeRecord, PlannedWrite, SourceEvent } from '../src/index.ts';
import { mergePatched } from '../src/write-back/merge-patch.ts';
import { acmeId, deletion, upsert } from './acme-events.ts';

/** What AcmeCRM makes of a member that it is given; undefined where it leaves it as it was. */
export type Custom = (member: string, value: unknown) => unknown;

/** Takes all as it is given. */
export const faithful: Custom = (_, value) => value;

/** Trims and cuts texts, and has its own mind about notes. */
export const wilful: Custom = (member, value) => {
  if (member === 'acme_notes') return undefined;
  if (member === 'acme_title' && typeof value === 'string') return value.toLowerCase().slice(0, 3);
  return value;
};

type Write = Extract<PlannedWrite, { readonly writeId: string }>;

/** How AcmeCRM answers a write: with the record as it is then, or that it is at another version. */
export type CrmAnswer =
  | { readonly status: 200; readonly event: SourceEvent }
  | { readonly status: 412 | 410 };

/** One record of AcmeCRM: versions, preconditions, and a webhook for each change. */
export class AcmeCrm {
  version = 0;
  record: Readonly<Record<string, unknown>> = {};
  isDeleted = false;
  /** Writes that came and were carried out or changed nothing. */
  writes = 0;
  /** Not delivered yet. */
  readonly webhooks: SourceEvent[] = [];
  readonly #custom: Custom;
  readonly #created = new Map<string, CrmAnswer>();

  constructor(custom: Custom = faithful) {
    this.#custom = custom;
  }

  /** Somebody edits the record there. */
  edit(members: Readonly<Record<string, unknown>>): void {
    if (this.version === 0 || this.isDeleted) return;
    this.#become(members);
  }

  /** What it says of the record now. */
  now(eventId = `evt_${this.version}`): SourceEvent {
    if (this.isDeleted) return deletion(this.version, `${eventId}_deleted`);
    const { acme_external_id, ...data } = this.record;
    const extra = acme_external_id === undefined ? {} : { acme_external_id };
    return upsert(this.version, data as Partial<AcmeContact>, { eventId, extra });
  }

  take(write: Write): CrmAnswer {
    if (write.kind === 'create') return this.#create(write);
    if (write.kind === 'under-way') throw new Error('there is nothing to write');
    if (this.isDeleted) return { status: 410 };
    if (write.ifVersion !== this.version) return { status: 412 };
    this.writes += 1;
    if (write.kind === 'delete') {
      this.isDeleted = true;
      this.version += 1;
      this.webhooks.push(this.now());
    } else this.#become(write.changes, true);
    return this.#answer(write);
  }

  #create(write: Extract<Write, { kind: 'create' }>): CrmAnswer {
    const before = this.#created.get(write.idempotencyKey);
    if (before) return before;
    if (this.version > 0) throw new Error('a second record of one contact was made');
    this.writes += 1;
    this.#become(write.record, true);
    const answer = this.#answer(write);
    this.#created.set(write.idempotencyKey, answer);
    return answer;
  }

  #answer({ id, writeId }: Write): CrmAnswer {
    const event = this.now(`wb:${id}:${this.version}`);
    return { status: 200, event: { ...event, answers: { contactId: id, writeId } } };
  }

  #become(members: Readonly<Record<string, unknown>>, isWritten = false): void {
    const asked = Object.entries(members).flatMap(([member, value]) => {
      const made = isWritten ? this.#custom(member, value) : value;
      return made === undefined ? [] : [[member, made] as const];
    });
    const after = mergePatched(this.record, Object.fromEntries(asked));
    if (this.version > 0 && isDeepStrictEqual(after, this.record)) return;
    this.record = after as Partial<AcmeRecord>;
    this.version += 1;
    this.webhooks.push(this.now());
  }
}

/** The record that the tests tell about, as AcmeCRM has it from the start. */
export const knownRecord = {
  id: acmeId,
  acme_first_name: 'Ada',
  acme_last_name: 'Lovelace',
  acme_email: 'ada@example.com',
};
