import { nodeFlagsOf } from '@contact-sync/launcher/service-command.ts';
import type { ServiceName } from '@contact-sync/launcher/service-plan.ts';
import type { CeilingTasks } from '../ceilings/main.ts';
import { type Child, startChild } from './child.ts';

export type Ceiling = Child<CeilingTasks>;

/** Starts a process for one of a service's ceilings, run as that service is; `ask` opens it, and it ends with `cleanUp`. */
export const startCeiling = (cleanUp: AsyncDisposableStack, of: ServiceName): Promise<Ceiling> =>
  startChild<CeilingTasks>(new URL('../ceilings/main.ts', import.meta.url), cleanUp, nodeFlagsOf(of));
