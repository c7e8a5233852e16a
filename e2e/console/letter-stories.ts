import { randomUUID } from 'node:crypto';
import { contactIdOfAcme } from '@contact-sync/domain';
import { acmeContact, acmeEvent, eventually } from '@contact-sync/testing';
import { describe, expect, it } from 'vitest';
import { postWebhook } from '../src/acme.ts';
import { type ConsoleWorld, expectAccessible, goTo } from './console.ts';

const LETTERS = 3;

/** Events that contact-service cannot map yet; gives their ids at AcmeCRM. */
const sendLeads = async ({ system }: ConsoleWorld): Promise<string[]> => {
  const ids = Array.from({ length: LETTERS }, () => `acme-${randomUUID()}`);
  const events = ids.map((id, index) => acmeEvent(acmeContact(index + 1, { id, acme_status: 'Lead' })));
  const body = JSON.stringify(events);
  expect((await postWebhook(system.ingestUrl, { secret: system.acmeSecret, body })).status).toBe(202);
  return ids;
};

/** The group of these letters in the page: others of the same code may be there from before. */
const openGroup = async ({ page, api }: ConsoleWorld, id = ''): Promise<void> => {
  const fingerprint = await eventually(
    async () => {
      const { body } = await api.listDeadLetters({ query: { contactId: contactIdOfAcme(id) } });
      const [letter] = body.items;
      if (letter === undefined) throw new Error('no letter yet');
      return letter.fingerprint;
    },
    { timeoutMs: 60_000 },
  );
  await goTo(page, '#/dead-letters');
  await page.locator(`a[href*="fingerprint=${fingerprint}"]`).click();
};

/** Dead letters in the console, while the service behind them is away and after it was mended. */
export const letterStories = (world: () => ConsoleWorld): void => {
  describe('dead letters in the console', () => {
    let ids: string[];

    it('are found by their cause, and one is shown as it came', async () => {
      const { page } = world();
      ids = await sendLeads(world());
      await openGroup(world(), ids[0]);
      await page.getByText(`${LETTERS} open, failed at`).waitFor({ timeout: 60_000 });
      await page.getByRole('region', { name: 'Letters' }).getByRole('link').first().click();
      await page.getByRole('heading', { name: 'What came' }).waitFor();
      await page.getByText('"acme_status": "Lead"').waitFor();
      await expectAccessible(page, 'dead-letter');
      await page.getByRole('button', { name: 'Dry run' }).click();
      await page.getByText('A replay now would come to: 1 fails').waitFor();
    });

    it('behind a service that is down are told as such, and the page goes on when it is back', async () => {
      const { page, system, mendMapping } = world();
      await system.processes['contact-service'].kill('SIGKILL');
      await goTo(page, '#/contacts');
      await page.getByText('A service behind the gateway does not answer').waitFor();
      await expectAccessible(page, 'service-down');
      await mendMapping();
      await system.processes['contact-service'].restart();
      await eventually(
        async () => {
          await page.getByRole('button', { name: 'Try again' }).click({ timeout: 1_000 });
          await page
            .getByRole('region', { name: 'Contacts found' })
            .getByText(/No contacts|Version/)
            .first()
            .waitFor({ timeout: 3_000 });
        },
        { timeoutMs: 30_000 },
      );
    });

    it('are tried dry with the fields that would change, replayed, and applied', async () => {
      const { page, api } = world();
      await openGroup(world(), ids[0]);
      await eventually(
        async () => {
          await page.getByRole('button', { name: 'Dry run' }).click();
          await page.getByText(`A replay now would come to: ${LETTERS} applied`).waitFor({ timeout: 5_000 });
        },
        { timeoutMs: 30_000 },
      );
      const changes = page.getByRole('region', { name: 'Dry run' }).getByRole('row', { name: /^status/ });
      expect(await changes.first().innerText()).toMatch(/status\s+empty\s+lead/);
      await expectAccessible(page, 'dry-run');
      await page.getByRole('button', { name: 'Replay' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Reason').fill('leads are mapped');
      await dialog.getByRole('button', { name: 'Replay' }).click();
      await page.getByText(`${LETTERS} of ${LETTERS} letters sent`).waitFor();
      await page.getByText('done', { exact: true }).waitFor();
      await expectAccessible(page, 'replay');
      for (const id of ids) {
        const asked = () => api.getContact({ params: { id: contactIdOfAcme(id) } });
        expect((await eventually(asked, { timeoutMs: 60_000 })).body).toMatchObject({ status: 'lead' });
      }
    });
  });
};
