import type { App } from '@contact-sync/service-kit';
import type { DescribePrincipal } from '../../use-cases/describe-principal.ts';
import type { LogIn } from '../../use-cases/log-in.ts';
import { loginRoute } from './login.ts';
import { meRoute } from './me.ts';

export type AuthRoutesOptions = {
  readonly logIn: LogIn;
  readonly describePrincipal: DescribePrincipal;
};

/** What people do with their account. */
export const authRoutes = async (app: App, options: AuthRoutesOptions): Promise<void> => {
  loginRoute(app, options.logIn);
  meRoute(app, options.describePrincipal);
};
