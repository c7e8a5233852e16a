import type { ContactFields, PlannedWrite, SourceEvent } from '../src/index.ts';
import { AcmeCrm, type Custom } from './acme-crm.ts';
import { ContactBook } from './contact-book.ts';

/** What may happen, in any order. Numbers choose among what there is. */
export type Happening =
  | { readonly kind: 'edit here'; readonly fields: Partial<ContactFields> }
  | { readonly kind: 'edit there'; readonly members: Readonly<Record<string, unknown>> }
  | { readonly kind: 'webhook'; readonly which: number; readonly again: boolean }
  | { readonly kind: 'write goes on' | 'lost on the way' | 'lost on the way back' | 'crash' };

type Write = Extract<PlannedWrite, { readonly kind: 'create' | 'patch' | 'delete' }>;

const isWrite = (plan: PlannedWrite): plan is Write =>
  plan.kind === 'create' || plan.kind === 'patch' || plan.kind === 'delete';

/** Our side, AcmeCRM and all that is on its way between them, for one contact. */
export class TwoSystems {
  readonly book = new ContactBook();
  readonly crm: AcmeCrm;
  /** Edits that changed something. */
  editsHere = 0;
  #write: Write | null = null;

  constructor(custom?: Custom) {
    this.crm = new AcmeCrm(custom);
  }

  happen(step: Happening): void {
    switch (step.kind) {
      case 'edit here':
        // Edits this far apart are not the loop breaker's.
        this.book.pass(90_000);
        if (this.book.edit(step.fields).kind === 'edited') this.editsHere += 1;
        return;
      case 'edit there':
        this.crm.edit(step.members);
        return;
      case 'webhook':
        this.#deliver(step.which, step.again);
        return;
      case 'write goes on':
        if (this.#write === null) this.#begin();
        else this.#finish();
        return;
      case 'lost on the way':
      case 'lost on the way back':
        this.#lose(step.kind === 'lost on the way back');
        return;
      case 'crash':
        // Whoever wrote forgets; it may have been done.
        if (this.#write) this.crm.take(this.#write);
        this.#write = null;
    }
  }

  /** Until everything is delivered and nothing is to be written. */
  settle(): void {
    for (let round = 0; round < 200; round += 1) {
      while (this.#deliver(0, false));
      this.#begin();
      this.#finish();
      this.book.pass(20_000);
      if (this.crm.webhooks.length === 0 && this.#write === null && this.#isSilent) return;
    }
    throw new Error(`never silent: ${JSON.stringify(this.book.plan())}`);
  }

  #isSilent = false;

  /** Whether one came and found its fate. */
  #deliver(which: number, again: boolean): boolean {
    const { webhooks } = this.crm;
    const at = which % Math.max(1, webhooks.length);
    const event = webhooks[at];
    if (event === undefined || !this.#hear(event)) return false;
    if (!again) webhooks.splice(at, 1);
    return true;
  }

  /** Whether it came to its fate; one that is told to wait comes again. */
  #hear(event: SourceEvent): boolean {
    const decision = this.book.take(event);
    if (decision.kind !== 'fault') return true;
    if (!decision.retryable) throw new Error(`${decision.code} at ${event.eventId}`);
    return false;
  }

  #begin(): void {
    if (this.#write !== null) return;
    const plan = this.book.plan();
    if (plan.kind === 'frozen' || plan.kind === 'held') throw new Error(`stopped: ${JSON.stringify(plan)}`);
    this.#isSilent = plan.kind === 'nothing';
    if (isWrite(plan)) this.#write = plan;
  }

  #finish(): void {
    const write = this.#write;
    if (write === null) return;
    const answer = this.crm.take(write);
    this.#write = null;
    if (answer.status === 200) this.#hear(answer.event);
    else {
      this.book.settle({ id: write.id, writeId: write.writeId, outcome: 'stale' });
      this.#hear(this.crm.now(`wb:${write.id}:${this.crm.version}`));
    }
  }

  #lose(isDone: boolean): void {
    const write = this.#write;
    if (write === null) return;
    if (isDone) this.crm.take(write);
    this.book.settle({ id: write.id, writeId: write.writeId, outcome: 'lost' });
    this.#write = null;
  }
}
