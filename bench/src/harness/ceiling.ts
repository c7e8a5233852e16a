import { nodeFlagsOf } from '@contact-sync/launcher/service-command.ts';
import type { ServiceName } from '@contact-sync/launcher/service-plan.ts';
import type { CeilingTasks } from '../ceilings/main.ts';
import { type Child, startChild } from './child.ts';

export type Ceiling = Child<CeilingTasks>;

// Room that a bare route does not fill is memory that no cache holds: it would take half as long again.
const slowsCeilings = (flag: string): boolean => flag.startsWith('--min-semi-space-size');

/**
 * Starts a process for one of a service's ceilings, run as that service is but for what would slow it; `ask` opens it, and
 * it ends with `cleanUp`.
 */
export const startCeiling = (cleanUp: AsyncDisposableStack, of: ServiceName): Promise<Ceiling> => {
  const flags = nodeFlagsOf(of).filter((flag) => !slowsCeilings(flag));
  return startChild<CeilingTasks>(new URL('../ceilings/main.ts', import.meta.url), cleanUp, flags);
};
