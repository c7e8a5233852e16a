import { PlannedWrite } from '@contact-sync/domain';
import { compileCheck, type HttpResponse } from '@contact-sync/service-kit';
import { type Static, Type } from 'typebox';
import type { WriteTrier } from '../replay/event-trier.ts';
import type { WritePlanner } from '../write-back/ports.ts';
import { answerOf, callInternal, type Peer, unexpectedAnswer } from './internal-caller.ts';

const Plans = Type.Object({ plans: Type.Array(PlannedWrite), contacts: Type.Integer({ minimum: 0 }) });
type Plans = Static<typeof Plans>;

const checkPlans = compileCheck(Plans);

const plansOf = (peer: Peer, response: HttpResponse, ids: readonly string[]): Plans => {
  const answer = answerOf<Plans>(peer, response, checkPlans);
  const { plans } = answer;
  const isInOrder = plans.length === ids.length && plans.every(({ id }, index) => id === ids[index]);
  if (!isInOrder) throw unexpectedAnswer(peer, response);
  return answer;
};

const planPath = '/internal/contacts/write-back/plan';

/** contact-service's plans without their effect, called with a machine token. */
export const createHttpWriteTrier = (peer: Peer, { deletes }: { readonly deletes: boolean }): WriteTrier => ({
  plan: async (ids) => {
    const path = `${planPath}?dryRun=true`;
    const response = await callInternal(peer, { method: 'POST', path, json: { ids, deletes } });
    return plansOf(peer, response, ids).plans;
  },
});

/**
 * contact-service's internal routes of write-back, called with a machine token (contracts.md). `contacts` is how many there
 * were at the last plan; none before the first.
 */
export const createHttpWritePlanner = (
  peer: Peer,
  { deletes }: { readonly deletes: boolean },
): WritePlanner & { readonly contacts: () => number } => {
  let contacts = 0;
  return {
    contacts: () => contacts,
    plan: async (ids, signal) => {
      const request = { method: 'POST', path: planPath, json: { ids, deletes }, signal } as const;
      const answer = plansOf(peer, await callInternal(peer, request), ids);
      contacts = answer.contacts;
      return answer.plans;
    },
    settle: async (outcomes, signal) => {
      const path = '/internal/contacts/write-back/outcomes';
      const response = await callInternal(peer, { method: 'POST', path, json: { outcomes }, signal });
      if (response.status !== 200) throw unexpectedAnswer(peer, response);
    },
  };
};
