import type { contactRoutes } from '@contact-sync/api-contracts';
import type { RouteHooks } from '@contact-sync/service-kit';
import type { preValidationHookHandler } from 'fastify';
import { normalizeInput, type Writing } from '../../domain/normalize-input.ts';

type Params = { id: string };

/** Ids are read in any case and written in lower case (design section 2). */
const idInLowerCase: preValidationHookHandler = (request, _reply, done) => {
  const params = request.params as Params;
  params.id = params.id.toLowerCase();
  done();
};

/** What is done to requests before they are judged: what people and programs write comes in one spelling. */
export const contactHooks = (defaultCountry: string): RouteHooks<typeof contactRoutes> => {
  const normalized =
    (writing: Writing): preValidationHookHandler =>
    (request, _reply, done) => {
      request.body = normalizeInput(request.body, writing, defaultCountry);
      done();
    };
  const byId = { preValidation: idInLowerCase };
  return {
    createContact: { preValidation: normalized('whole') },
    getContact: byId,
    replaceContact: { preValidation: [idInLowerCase, normalized('whole')] },
    patchContact: { preValidation: [idInLowerCase, normalized('patch')] },
    deleteContact: byId,
    restoreContact: byId,
    eraseContact: byId,
    liftErasure: byId,
    getHistory: byId,
    getAcmeRecord: byId,
  };
};
