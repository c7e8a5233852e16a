import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Client, createClient } from '@contact-sync/client';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Browser, startBrowser } from '../src/browser.ts';
import { type System, startSystem } from '../src/system.ts';

/** One system and one browser for all stories of the console. */
export type ConsoleWorld = {
  readonly system: System;
  readonly browser: Browser;
  readonly page: Page;
  /** The API as the admin has it, to set the stage and to look behind the page. */
  readonly api: Client;
  /** Lets contact-service, when it starts anew, read leads too, which it could not before. */
  readonly mendMapping: () => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

const pictures = new URL('../../.local/pictures/', import.meta.url);

const mapping = (statuses: object) =>
  JSON.stringify({
    version: 1,
    pairs: [{ acme: '/acme_status', contact: '/status', transform: { kind: 'table', entries: statuses } }],
  });
const withoutLeads = { Active: 'active', Inactive: 'inactive' };

/** Starts both; the page waits no longer than a person would. */
export const startConsole = async (): Promise<ConsoleWorld> => {
  await using started = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'console-'));
  started.defer(() => rm(folder, { recursive: true }));
  const MAPPING_FILE = join(folder, 'mapping.json');
  await writeFile(MAPPING_FILE, mapping(withoutLeads));
  const [system, browser] = await Promise.all([
    startSystem({ 'contact-service': { MAPPING_FILE } }).then((one) => started.use(one)),
    startBrowser().then((one) => started.use(one)),
  ]);
  await mkdir(pictures, { recursive: true });
  const { page } = browser;
  page.setDefaultTimeout(20_000);
  await page.setViewportSize({ width: 1_280, height: 900 });
  const api = createClient({ baseUrl: system.gatewayUrl, credentials: system.admin });
  const owned = started.move();
  return {
    system,
    browser,
    page,
    api,
    mendMapping: () => writeFile(MAPPING_FILE, mapping({ ...withoutLeads, Lead: 'lead' })),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};

/** Goes to a place of the console; `#/contacts`, say. */
export const open = async ({ page, system }: ConsoleWorld, hash = ''): Promise<void> => {
  await page.goto(`${system.gatewayUrl}/console/${hash}`);
};

/** Types e-mail and password into the log-in that is shown. */
export const fillLogIn = async (
  page: Page,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> => {
  await page.getByLabel('E-mail', { exact: true }).fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
};

/** Logs in as the admin, and is at that place. */
export const logIn = async (world: ConsoleWorld, hash = ''): Promise<void> => {
  await open(world, hash);
  await world.page.getByRole('heading', { name: 'contact-sync', level: 1 }).waitFor();
  await fillLogIn(world.page, world.system.admin);
  await world.page.getByRole('navigation', { name: 'Console' }).waitFor({ state: 'attached' });
};

/** Follows a link within the console as its menu does, without loading the page anew. */
export const goTo = (page: Page, hash: string): Promise<void> =>
  page.evaluate(`void (location.hash = ${JSON.stringify(hash)})`);

/** A picture of the page as it is, kept as an artefact of the run. */
export const takePicture = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: fileURLToPath(new URL(`console-${name}.png`, pictures)) });
};

type Violation = { readonly id: string; readonly nodes: readonly string[] };

/** What a page does that keeps somebody out, by axe-core: what it calls serious or critical. */
export const seriousFindings = async (page: Page): Promise<readonly Violation[]> => {
  const axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
  // Evaluated by the debugger, whom the policy of the page does not bind.
  return page.evaluate(`(async () => {
    if (!globalThis.axe) { ${axe} }
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
  })()`);
};

/** Both themes of a page without a serious finding, and a picture of each. */
export const expectAccessible = async (page: Page, name: string): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await takePicture(page, `${name}-${colorScheme}`);
    expect(await seriousFindings(page), `${name}, ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
};
