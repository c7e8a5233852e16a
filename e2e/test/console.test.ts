import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ConsoleWorld, logIn, startConsole } from '../console/console.ts';
import { contactStories } from '../console/contact-stories.ts';

let world: ConsoleWorld;

beforeAll(async () => {
  world = await startConsole();
});

afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
});

it('logs in and asks nobody but the gateway', async () => {
  await logIn(world, '#/contacts');
  await world.page.getByRole('heading', { name: 'Contacts', level: 1 }).waitFor();
  const { origin } = new URL(world.system.gatewayUrl);
  expect(new Set(world.browser.requested.map((url) => url.origin))).toEqual(new Set([origin]));
  expect(await world.page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]')).toEqual([
    0,
    0,
    '',
  ]);
});

contactStories(() => world);
