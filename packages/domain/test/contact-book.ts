import assert from 'node:assert/strict';
import {
  type Contact,
  type ContactFields,
  createContact,
  type Decision,
  decide,
  deleteContact,
  type Edited,
  type Editor,
  type FieldConflict,
  fieldsOfContact,
  type HistoryDraft,
  heldMirror,
  isStub,
  type Mirror,
  mirrorAfter,
  type NextMirror,
  noWriteBack,
  type Outgoing,
  type PlannedWrite,
  planWriteBack,
  type RefusedEdit,
  type Remap,
  remap,
  replaceContact,
  restoreContact,
  type SourceEnvelope,
  type StoredContact,
  settleWrite,
  stubOf,
  type TwoWayMapping,
  type Unedited,
  type WriteBack,
  type WriteOutcome,
  wholeMirror,
} from '../src/index.ts';
import { simpleMapping } from './simple-mapping.ts';

export type Edit = Edited | Unedited | RefusedEdit;

/** Frozen through and through: a decision that changes what it was given throws. */
const frozen = <Value>(value: Value): Value => {
  if (value !== null && typeof value === 'object') {
    for (const member of Object.values(value)) frozen(member);
    Object.freeze(value);
  }
  return value;
};

const stored = <Value>(value: Value): Value => frozen(JSON.parse(JSON.stringify(value)) as Value);

/** Does with decisions what a store does, as JSON, for one contact; its clock goes on a second with each step. */
export class ContactBook {
  mirror: Mirror | null = null;
  contact: StoredContact | null = null;
  writeBack: WriteBack = noWriteBack;
  readonly conflicts: FieldConflict[] = [];
  mapping: TwoWayMapping;
  readonly history: HistoryDraft[] = [];
  readonly outgoing: (Outgoing & { readonly version: number })[] = [];
  #clock = Date.parse('2026-03-01T12:00:00Z');

  constructor(mapping: TwoWayMapping = simpleMapping()) {
    this.mapping = mapping;
  }

  /** The contact, where it is there whole. */
  get whole(): Contact {
    assert(this.contact !== null && !isStub(this.contact), 'the contact is not there whole');
    return this.contact;
  }

  /** The mirror, where there is one. */
  get known(): Mirror {
    assert(this.mirror !== null, 'there is no mirror');
    return this.mirror;
  }

  pass(ms: number): string {
    this.#clock += ms;
    return new Date(this.#clock).toISOString();
  }

  /** What decisions are given. */
  get held() {
    const { contact, writeBack } = this;
    return { mirror: this.mirror && heldMirror(this.mirror), contact, writeBack };
  }

  take(event: SourceEnvelope): Decision {
    const { mapping } = this;
    const now = this.pass(1_000);
    const of = this.contact === null ? {} : { contactId: this.contact.id };
    const decision = stored(decide({ ...this.held, ...of, event: frozen(event), mapping, now }));
    if (decision.kind === 'noted' || decision.kind === 'applied') {
      this.#keep(decision.mirror);
      this.#know(decision.writeBack);
    }
    if (decision.kind === 'applied') {
      this.history.push(decision.history);
      this.conflicts.push(...(decision.conflicts ?? []));
      if (decision.change) this.#write(decision.change.contact, decision.change.outgoing);
    }
    return decision;
  }

  /** A contact that is born here. */
  create(id: string, fields: ContactFields): Edit {
    const made = stored(createContact(id, fields, { by: 'user:ada', now: this.pass(1_000) }));
    this.history.push(made.history);
    this.#write(made.contact, made.outgoing);
    return made;
  }

  /** What is to be written to AcmeCRM, stored as sent. */
  plan({ deletes = true } = {}): PlannedWrite {
    const { mapping, held, whole } = this;
    const input = { id: whole.id, holding: held, mapping, deletes, now: this.pass(100), leaseMs: 15_000 };
    const { plan, writeBack, conflict } = stored(planWriteBack(input));
    this.#know(writeBack);
    if (conflict) this.conflicts.push(conflict);
    return plan;
  }

  /** How a write ended without a record. */
  settle(outcome: WriteOutcome): boolean {
    const settlement = stored(settleWrite(this.held, outcome, this.pass(100)));
    if (settlement === null) return false;
    this.#know(settlement.writeBack);
    if (settlement.conflict) this.conflicts.push(settlement.conflict);
    return true;
  }

  edit(fields: Partial<ContactFields>): Edit {
    const after = { ...fieldsOfContact(this.whole), ...fields };
    return this.#editWith((contact, editor) => replaceContact(contact, after, editor));
  }

  delete(): Edit {
    return this.#editWith(deleteContact);
  }

  restore(): Edit {
    return this.#editWith(restoreContact);
  }

  /** Under the book's mapping as it is now. */
  remap(): Remap {
    const { mapping } = this;
    const decision = stored(remap({ ...this.held, mapping, now: this.pass(1_000) }));
    if (decision.kind === 'noted' || decision.kind === 'remapped') this.#keep(decision.mirror);
    if (decision.kind === 'remapped') {
      this.history.push(decision.history);
      this.#write(decision.change.contact, decision.change.outgoing);
    }
    return decision;
  }

  /** Whether there was a tombstone to sweep. */
  sweep(): boolean {
    const stub = stubOf(this.held);
    if (stub === null) return false;
    if (stub.mirror !== null) this.#keep(stored(stub.mirror));
    this.contact = stored(stub.contact);
    return true;
  }

  /** A new revision comes with a new mirror, or with this. */
  #know(writeBack: WriteBack | undefined): void {
    if (writeBack === undefined) return;
    const revision = (this.mirror?.revision ?? this.writeBack.revision) + 1;
    this.writeBack = frozen({ ...writeBack, revision });
    if (this.mirror !== null) this.mirror = frozen({ ...this.mirror, revision });
  }

  #keep(next: NextMirror): void {
    this.mirror = frozen(wholeMirror(mirrorAfter(this.held.mirror, next)));
  }

  #editWith(edit: (contact: Contact, editor: Editor) => Edit): Edit {
    const result = stored(edit(this.whole, { by: 'user:ada', now: this.pass(1_000) }));
    if (result.kind === 'edited') {
      this.history.push(result.history);
      this.#write(result.contact, result.outgoing);
    }
    return result;
  }

  #write(contact: Contact, outgoing: Outgoing): void {
    this.contact = contact;
    this.outgoing.push({ ...outgoing, version: contact.version });
  }
}
