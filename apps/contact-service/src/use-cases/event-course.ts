import {
  type AppliedDecision,
  type ContactMapping,
  type Decision,
  decide,
  type FieldConflict,
  mirrorAfter,
  type NextMirror,
  type NotedDecision,
} from '@contact-sync/domain';
import type { ContactWrite } from '../ports.ts';
import type { Target } from './link-group.ts';
import type { Event } from './plan-group.ts';

/** What an earlier event of the batch took is still to be written where a later one keeps it. */
const withTaken = (next: NextMirror, earlier: NextMirror | null): NextMirror =>
  next.taken === 'kept' && earlier !== null ? { ...next, taken: earlier.taken } : next;

/** By what, and when, events are decided. */
export type Rules = {
  readonly mapping: ContactMapping;
  /** ISO 8601, UTC. */
  readonly now: string;
};

/** Decides events one after the other, each on what the one before it leaves, and gathers what is to be written. */
export const createCourse = ({ id, before }: Target, { mapping, now }: Rules) => {
  let { mirror: held, contact, writeBack = null } = before;
  let mirror: NextMirror | null = null;
  const history: ContactWrite['history'][number][] = [];
  const outgoing: ContactWrite['outgoing'][number][] = [];
  const conflicts: FieldConflict[] = [];
  let isWriteBackNew = false;

  const keep = (decision: NotedDecision | AppliedDecision): void => {
    held = mirrorAfter(held, decision.mirror);
    mirror = withTaken(decision.mirror, mirror);
    if (decision.writeBack) {
      ({ writeBack } = decision);
      isWriteBackNew = true;
    }
    if (decision.kind === 'noted') return;
    history.push(decision.history);
    conflicts.push(...(decision.conflicts ?? []));
    if (decision.change === null) return;
    contact = decision.change.contact;
    outgoing.push(decision.change);
  };

  return {
    decide: (event: Event): Decision => {
      const decision = decide({ mirror: held, contact, writeBack, contactId: id, event, mapping, now });
      if (decision.kind === 'noted' || decision.kind === 'applied') keep(decision);
      return decision;
    },
    write: (): ContactWrite | null =>
      mirror && {
        id,
        before,
        mirror,
        contact: outgoing.at(-1)?.contact ?? null,
        history,
        outgoing,
        ...(isWriteBackNew && writeBack && { writeBack }),
        ...(conflicts.length > 0 && { conflicts }),
      },
  };
};
