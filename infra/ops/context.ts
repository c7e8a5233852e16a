import type { Client } from '@contact-sync/client';
import type { Terminal } from './terminal/terminal.ts';

/** What commands that talk to the API work with. */
export type OpsContext = {
  /** Throws UsageError where settings are missing. */
  readonly api: () => Client;
  readonly terminal: Terminal;
  /** Waits between two looks at long work. */
  readonly pause: () => Promise<void>;
  /** Ctrl-C. */
  readonly signal: AbortSignal;
  /** The exit code of the process: 1 where something that was asked for did not come about. */
  readonly fail: () => void;
};
