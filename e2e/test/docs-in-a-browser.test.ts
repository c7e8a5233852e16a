import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createClient } from '@contact-sync/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunSystem, runSystem } from '../run/run-system.ts';
import { type Browser, startBrowser } from '../src/browser.ts';

let system: RunSystem;
let browser: Browser;

const pictures = new URL('../../.local/pictures/', import.meta.url);

beforeAll(async () => {
  system = await runSystem();
  browser = await startBrowser();
});

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
});

/** Tries out the list of contacts with that e-mail and gives the status and body that the page shows. */
const tryOutList = async ({ page }: Browser, email: string) => {
  const operation = page.locator('#operations-contacts-listContacts');
  if (!(await operation.locator('.execute').isVisible())) {
    await operation.locator('.opblock-summary-control').click();
    await operation.locator('.try-out__btn').click();
    await operation.locator('tr[data-param-name="email"] input').fill(email);
  }
  const answered = page.waitForResponse(
    (response) => new URL(response.url()).pathname === '/api/v1/contacts',
  );
  await operation.locator('.execute').click();
  const status = String((await answered).status());
  const shown = operation.locator('.live-responses-table .response');
  await shown.locator('.response-col_status', { hasText: status }).waitFor();
  return { status, body: await shown.locator('.response-col_description').innerText() };
};

it('/docs logs in, tries a route out and shows its answer, and asks nobody but the gateway', async () => {
  const email = `${randomUUID()}@example.com`;
  const ada = { firstName: 'Ada', lastName: 'Lovelace', email };
  const api = createClient({ baseUrl: system.gatewayUrl, credentials: system.admin });
  expect((await api.createContact({ body: ada })).status).toBe(201);
  const { page, requested, errors } = browser;

  await page.goto(`${system.gatewayUrl}/docs`);
  await page.locator('#operations-contacts-listContacts').waitFor();
  expect(errors).toEqual([]);
  expect((await tryOutList(browser, email)).status).toBe('401');

  await page.getByLabel('E-mail').fill(system.admin.email);
  await page.getByLabel('Password', { exact: true }).fill(system.admin.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText(`Logged in as ${system.admin.email}`).waitFor();
  const { status, body } = await tryOutList(browser, email);
  expect(status).toBe('200');
  expect(body).toContain('"lastName": "Lovelace"');

  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: fileURLToPath(new URL('docs.png', pictures)), fullPage: true });

  const { origin } = new URL(system.gatewayUrl);
  expect(new Set(requested.filter(({ protocol }) => protocol !== 'data:').map((url) => url.origin))).toEqual(
    new Set([origin]),
  );
  expect(requested.map(({ pathname }) => pathname)).toContain('/openapi.json');
  // The token is in memory alone.
  expect(await page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]')).toEqual([
    0,
    0,
    '',
  ]);
});
