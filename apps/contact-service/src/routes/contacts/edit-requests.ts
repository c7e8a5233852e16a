import { requirePrincipal } from '@contact-sync/access';
import type { contactRoutes } from '@contact-sync/api-contracts';
import type { RequestTo } from '@contact-sync/service-kit';
import { claimOf, type IdempotencyClaim, type RequestScope } from '../../domain/idempotency.ts';

type Routes = typeof contactRoutes;
type ChangeRequest = RequestTo<
  Routes['replaceContact'] | Routes['patchContact'] | Routes['deleteContact'] | Routes['restoreContact']
>;
type EditRequest = RequestTo<Routes['createContact']> | ChangeRequest;

/** Who asks, as history names them. */
export const authorOf = (request: Parameters<typeof requirePrincipal>[0]): string => {
  const { kind, id } = requirePrincipal(request);
  return `${kind}:${id}`;
};

/** What makes a repeat of this request one; undefined without an Idempotency-Key. */
export const scopeOf = (request: EditRequest, path: string): RequestScope | undefined => {
  const { 'idempotency-key': key } = request.headers;
  return key === undefined ? undefined : { principal: authorOf(request), method: request.method, path, key };
};

/** The claim of a request, to be spread into what it asks for. */
export const claimIn = (request: EditRequest, path: string): { readonly claim?: IdempotencyClaim } => {
  const scope = scopeOf(request, path);
  return scope ? { claim: claimOf(scope, request.body) } : {};
};

/** Who wants to change which contact, on what condition. `action` ends the path of the request. */
export const changeIn = (request: ChangeRequest, action = '') => ({
  id: request.params.id,
  by: authorOf(request),
  ifMatch: request.headers['if-match'],
  ...claimIn(request, `/api/v1/contacts/${request.params.id}${action}`),
});
