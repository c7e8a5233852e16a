import { NODE_FLAGS } from '@contact-sync/launcher/service-command.ts';
import type { CeilingTasks } from '../ceilings/main.ts';
import { type Child, startChild } from './child.ts';

export type Ceiling = Child<CeilingTasks>;

/** Starts a process for one of the ceilings; `ask` opens it, and it ends with `cleanUp`. */
export const startCeiling = (cleanUp: AsyncDisposableStack): Promise<Ceiling> =>
  startChild<CeilingTasks>(new URL('../ceilings/main.ts', import.meta.url), cleanUp, NODE_FLAGS);
