import { BRAKE_COUNT, faultsOfAcme } from './faults-of-acme.ts';
import { faultsOfCallers, LOGINS_PER_MINUTE } from './faults-of-callers.ts';
import { faultsOfOutbox } from './faults-of-outbox.ts';
import { faultsOfProcesses } from './faults-of-processes.ts';
import { faultsOfRecords } from './faults-of-records.ts';
import type { Fault } from './world.ts';

/** A fault for each runbook, in an order in which none is in the way of the next. */
export const faults: readonly Fault[] = [
  ...faultsOfProcesses,
  ...faultsOfRecords,
  ...faultsOfOutbox,
  ...faultsOfAcme,
  ...faultsOfCallers,
];

/** The fault that a runbook is meant for. */
export const faultFor = (runbook: string): Fault => {
  const found = faults.find(({ runbooks }) => runbooks.includes(runbook));
  if (found === undefined) throw new Error(`no fault is meant for ${runbook}`);
  return found;
};

/** Settings with which the faults show within seconds. */
export const hurried = {
  'gateway-api': { UPSTREAM_TIMEOUT_MS: '1500', LOGIN_LIMIT_PER_MINUTE: String(LOGINS_PER_MINUTE) },
  'auth-service': { LOGIN_FREE_NETWORK_FAILURES: '1000' },
  'contact-service': { WRITE_BACK_LEASE_MS: '1000' },
  'event-worker': {
    ACME_WRITE_BACK_DELETES: 'true',
    ACME_BRAKE_COUNT: String(BRAKE_COUNT),
    APPLY_TIMEOUT_MS: '2000',
    SWEEP_EVERY: '5',
  },
};
