import assert from 'node:assert/strict';
import {
  type Contact,
  type ContactFields,
  type ContactMapping,
  type Decision,
  decide,
  deleteContact,
  type Edited,
  type Editor,
  fieldsOfContact,
  type HistoryDraft,
  heldMirror,
  isStub,
  type Mirror,
  mirrorAfter,
  type NextMirror,
  type Outgoing,
  type RefusedEdit,
  type Remap,
  remap,
  replaceContact,
  restoreContact,
  type SourceEnvelope,
  type StoredContact,
  stubOf,
  type Unedited,
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
  mapping: ContactMapping;
  readonly history: HistoryDraft[] = [];
  readonly outgoing: (Outgoing & { readonly version: number })[] = [];
  #clock = Date.parse('2026-03-01T12:00:00Z');

  constructor(mapping: ContactMapping = simpleMapping()) {
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
    return { mirror: this.mirror && heldMirror(this.mirror), contact: this.contact };
  }

  take(event: SourceEnvelope): Decision {
    const { mapping } = this;
    const now = this.pass(1_000);
    const decision = stored(decide({ ...this.held, event: frozen(event), mapping, now }));
    if (decision.kind === 'noted' || decision.kind === 'applied') this.#keep(decision.mirror);
    if (decision.kind === 'applied') {
      this.history.push(decision.history);
      if (decision.change) this.#write(decision.change.contact, decision.change.outgoing);
    }
    return decision;
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
