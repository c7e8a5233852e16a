import { randomUUID } from 'node:crypto';
import { contactIdOfAcme } from '@contact-sync/domain';
import { acmeContact, acmeEvent, eventually } from '@contact-sync/testing';
import { describe, expect, it } from 'vitest';
import { postWebhook } from '../src/acme.ts';
import { type ConsoleWorld, expectAccessible, goTo } from './console.ts';

/** A contact of AcmeCRM that was edited here, so that both sides differ in its title. */
export const editedContact = async ({ system, api }: ConsoleWorld, lastName: string) => {
  const acmeId = `acme-${randomUUID()}`;
  const record = { id: acmeId, acme_last_name: lastName, acme_title: 'Analyst', acme_version: 1 };
  const body = JSON.stringify([acmeEvent(acmeContact(1, record))]);
  expect((await postWebhook(system.ingestUrl, { secret: system.acmeSecret, body })).status).toBe(202);
  const id = contactIdOfAcme(acmeId);
  const { etag } = await eventually(() => api.getContact({ params: { id } }), { timeoutMs: 60_000 });
  await api.patchContact({ params: { id }, body: { title: 'Countess' }, ifMatch: etag ?? '' });
  return { id, acmeId };
};

/** Contacts in the console: found, compared, explained, edited, erased. */
export const contactStories = (world: () => ConsoleWorld): void => {
  describe('a contact in the console', () => {
    const lastName = `Lovelace ${randomUUID().slice(0, 8)}`;

    it('is found by name, shows both sides, and says why a field holds what it holds', async () => {
      const { page } = world();
      await editedContact(world(), lastName);
      await goTo(page, '#/contacts');
      await page.getByLabel('Name begins with').fill(lastName);
      await page.getByRole('button', { name: 'Search' }).click();
      await expectAccessible(page, 'contacts');
      await page.getByRole('link', { name: lastName }).click();
      await page.getByText('1 field differs').waitFor();
      const title = page.getByRole('row', { name: /^title differs/ });
      expect(await title.innerText()).toMatch(/Countess\s+Analyst/);
      await page.getByRole('link', { name: 'Why title holds this' }).click();
      await page.getByText('It was edited here, and AcmeCRM has not changed it since.').waitFor();
      await expectAccessible(page, 'contact');
    });
  });
};
