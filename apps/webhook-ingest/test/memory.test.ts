import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createTestIssuer } from '@contact-sync/access/testing';
import { createLogger, createMetrics } from '@contact-sync/service-kit';
import { eventually } from '@contact-sync/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../src/app.ts';
import { createFakePorts, testSettings } from './fake-ports.ts';
import { acmeSecret, deliverRaw } from './support/acme.ts';
import { newContact } from './support/events.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const megabyte = 1_048_576;
const bound = 4 * megabyte;
const size = megabyte / 2;

/** What is held, not what has not been collected yet. */
const heldBytes = (): number => {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** {@link heldBytes}, once it no longer falls: what answers leave behind goes in several turns. */
const restingBytes = async (): Promise<number> => {
  let least = heldBytes();
  const fell = () => {
    const before = least;
    least = Math.min(least, heldBytes());
    return before - least < size / 4;
  };
  await eventually(fell, { intervalMs: 500 });
  return least;
};

const large = (): string => {
  const body = JSON.stringify(newContact({ acme_blob: '' }));
  return body.replace('"acme_blob":""', `"acme_blob":"${'x'.repeat(size - body.length)}"`);
};

/** An ingest whose broker hangs until it is told to go on. */
const start = async () => {
  let hanging = Promise.withResolvers<void>();
  let waiting = 0;
  const ports = createFakePorts(acmeSecret);
  ports.log.publish = async () => {
    waiting += 1;
    await hanging.promise;
    return { topic: 'contact.created', partition: 0, offset: '0' };
  };
  const app = await createApp(
    { ports, ...createTestIssuer().access() },
    { ...testSettings, MAX_IN_FLIGHT_BYTES: bound },
    { logger: createLogger({ service: 'test', level: 'silent' }), metrics: createMetrics('test') },
  );
  onTestFinished(() => app.close());
  return {
    url: await app.listen({ host: '127.0.0.1', port: 0 }),
    waiting: () => waiting,
    goOn: () => {
      hanging.resolve();
      hanging = Promise.withResolvers();
      waiting = 0;
    },
  };
};

test('what a hanging broker makes wait is bounded, whatever is offered, and no body is kept once it is answered', async () => {
  const ingest = await start();
  const offered = 12 * (bound / size);
  let taken = 0;
  const flood = async () => {
    const body = large();
    let shed = 0;
    const answers = Array.from({ length: offered }, async () => {
      const answer = await deliverRaw(ingest, body);
      if (answer.code === 'OVERLOADED') shed += 1;
      return answer.status;
    });
    await eventually(() => shed + ingest.waiting() === offered, { timeoutMs: 40_000 });
    expect(ingest.waiting()).toBeLessThanOrEqual(bound / size);
    ingest.goOn();
    const statuses = await Promise.all(answers);
    expect(statuses.filter((status) => status !== 202 && status !== 503)).toEqual([]);
    taken += statuses.filter((status) => status === 202).length;
  };
  // Connections and buffers that are kept for good are there once one flood is over.
  await flood();
  const atRest = await restingBytes();
  for (let round = 0; round < 3; round += 1) await flood();
  expect(taken).toBeGreaterThan(2 * (bound / size));
  expect((await restingBytes()) - atRest).toBeLessThan(bound);
});
