import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ConsoleWorld, startConsole } from '../console/console.ts';
import { contactStories } from '../console/contact-stories.ts';
import { firstLoadBytes } from '../console/first-load.ts';
import { letterStories } from '../console/letter-stories.ts';
import { sessionStories } from '../console/session-stories.ts';
import { shapeStories } from '../console/shape-stories.ts';
import { simulatorStories } from '../console/simulator-stories.ts';

let world: ConsoleWorld;

beforeAll(async () => {
  world = await startConsole();
});

afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
});

it('the console takes 150 kB at most, compressed, before it shows', async () => {
  const bytes = await firstLoadBytes(world.system.gatewayUrl);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThanOrEqual(150_000);
});

sessionStories(() => world);
contactStories(() => world);
letterStories(() => world);
simulatorStories(() => world);
shapeStories(() => world);

it('no script of the console failed, and its policy forbade nothing', () => {
  // What the stories provoked, as the browser tells of every answer that is an error.
  const provoked = /^Failed to load resource: the server responded with a status of (401|404|412|503)/;
  expect(world.browser.errors.filter((error) => !provoked.test(error))).toEqual([]);
});
