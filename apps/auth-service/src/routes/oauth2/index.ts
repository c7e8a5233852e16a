import type { App } from '@contact-sync/service-kit';
import type { GrantMachineToken } from '../../use-cases/grant-machine-token.ts';
import { parseForm } from './form.ts';
import { addOAuthError } from './oauth-errors.ts';
import { tokenRoute } from './token.ts';

/** The OAuth 2.0 face for machines (RFC 6749): forms in, JSON out, errors as problem+json with an `error` member. */
export const oauth2Routes = async (
  app: App,
  { grantMachineToken }: { readonly grantMachineToken: GrantMachineToken },
): Promise<void> => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, parseForm);
  app.addHook('preSerialization', addOAuthError);
  tokenRoute(app, grantMachineToken);
};
