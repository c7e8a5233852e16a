import { startInfrastructure } from './launcher.ts';

const slot = Symbol.for('contact-sync.worker-broker');
// Files of one worker load this module once or anew; the broker is one a process.
const holder = globalThis as { [slot]?: Promise<string> };

const start = async (): Promise<string> => {
  const { environment } = await startInfrastructure({
    only: ['kafka'],
    environment: { ...process.env, KAFKA_BROKERS: '' },
  });
  return environment.KAFKA_BROKERS;
};

/**
 * The address of a broker for the systems that this process starts one after the other. Topics and groups have fixed
 * names, so systems beside each other cannot have one broker. It ends with the process.
 */
export const workerBroker = (): Promise<string> => {
  holder[slot] ??= start();
  return holder[slot];
};
