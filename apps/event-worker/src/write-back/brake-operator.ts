import { fingerprintOf } from '@contact-sync/kafka';
import type { BrakeOperator } from '../ports.ts';
import type { WriteBrakeOperator } from './ports.ts';

/** What stands for every delete that waits: there is nothing that they fail with. */
const fingerprint = fingerprintOf({ stage: 'handle', code: 'ACME_BRAKE' });

/** The brake of writes as any other one of a group. */
export const operatorOf = (brake: WriteBrakeOperator): BrakeOperator => ({
  paused: async () => {
    const braked = await brake.braked();
    return braked && { fingerprint, why: 'mass-writes', since: braked.since };
  },
  accept: async (accepted) => accepted === fingerprint && (await brake.accept()),
});
