import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { buildServices, createProgress, describeFailure, openRun } from '../src/launcher.ts';
import { type System, startSystem } from '../src/system.ts';
import { shownToTests } from './shown-to-tests.ts';

/** Tests of several files log in beside each other. */
const MANY_LOGINS = { LOGIN_LIMIT_PER_MINUTE: '1000' };

const build = async (): Promise<void> => {
  const progress = createProgress();
  const run = await openRun(progress.note);
  try {
    await buildServices(run, progress);
  } finally {
    await run.close();
  }
};

/**
 * Builds the services once for all systems of the run, and opens the door at which tests ask for the one that they share.
 * It is started for the first who asks, on the Kafka of the run, which no other system has. A watched run builds again,
 * and begins with another system, each time that tests are run again.
 */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  await build();
  process.env['SERVICES_ARE_BUILT'] = 'true';
  let shared: Promise<System> | undefined;
  const end = async (): Promise<void> => {
    const ending = shared;
    shared = undefined;
    // One that could not be started has said so to those who asked.
    const system = await ending?.catch(() => undefined);
    await system?.[Symbol.asyncDispose]();
  };
  const door = createServer(async (_, response) => {
    shared ??= startSystem({ 'gateway-api': MANY_LOGINS });
    try {
      response.end(JSON.stringify(shownToTests(await shared)));
    } catch (error) {
      response.statusCode = 500;
      response.end(describeFailure(error));
    }
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  project.provide('runSystemUrl', `http://127.0.0.1:${(door.address() as AddressInfo).port}`);
  project.onTestsRerun(async () => {
    await end();
    // Whoever starts a system builds it first then, and hears why that does not work.
    delete process.env['SERVICES_ARE_BUILT'];
    await build().then(
      () => {
        process.env['SERVICES_ARE_BUILT'] = 'true';
      },
      (error: unknown) => process.stderr.write(`${describeFailure(error)}\n`),
    );
  });
  return async () => {
    door.close();
    await end();
  };
};
