import { PlannedWrite } from '@contact-sync/domain';
import { compileCheck, type HttpResponse } from '@contact-sync/service-kit';
import { Type } from 'typebox';
import type { WriteTrier } from '../replay/event-trier.ts';
import type { WritePlanner } from '../write-back/ports.ts';
import { callInternal, type Peer, unexpectedAnswer } from './internal-caller.ts';

const checkPlans = compileCheck(Type.Object({ plans: Type.Array(PlannedWrite) }));

const plansOf = (peer: Peer, response: HttpResponse, ids: readonly string[]): readonly PlannedWrite[] => {
  if (response.status !== 200 || checkPlans(response.json).length > 0) throw unexpectedAnswer(peer, response);
  const { plans } = response.json as { plans: PlannedWrite[] };
  const isInOrder = plans.length === ids.length && plans.every(({ id }, index) => id === ids[index]);
  if (!isInOrder) throw unexpectedAnswer(peer, response);
  return plans;
};

const planPath = '/internal/contacts/write-back/plan';

/** contact-service's plans without their effect, called with a machine token. */
export const createHttpWriteTrier = (peer: Peer, { deletes }: { readonly deletes: boolean }): WriteTrier => ({
  plan: async (ids) => {
    const path = `${planPath}?dryRun=true`;
    const response = await callInternal(peer, { method: 'POST', path, json: { ids, deletes } });
    return plansOf(peer, response, ids);
  },
});

/** contact-service's internal routes of write-back, called with a machine token (contracts.md). */
export const createHttpWritePlanner = (
  peer: Peer,
  { deletes }: { readonly deletes: boolean },
): WritePlanner => ({
  plan: async (ids, signal) => {
    const request = { method: 'POST', path: planPath, json: { ids, deletes }, signal } as const;
    const response = await callInternal(peer, request);
    return plansOf(peer, response, ids);
  },
  settle: async (outcomes, signal) => {
    const path = '/internal/contacts/write-back/outcomes';
    const response = await callInternal(peer, { method: 'POST', path, json: { outcomes }, signal });
    if (response.status !== 200) throw unexpectedAnswer(peer, response);
  },
});
