import { randomUUID } from 'node:crypto';
import { contactIdOfAcme } from '@contact-sync/domain';
import { acmeContact, acmeEvent, eventually } from '@contact-sync/testing';
import { describe, expect, it } from 'vitest';
import { postWebhook } from '../src/acme.ts';
import { type ConsoleWorld, expectAccessible, goTo } from './console.ts';

type AcmeChange = {
  readonly acmeId: string;
  readonly lastName: string;
  readonly title: string;
  readonly version: number;
};

const tellOf = async ({ system }: ConsoleWorld, { acmeId, lastName, title, version }: AcmeChange) => {
  const record = {
    id: acmeId,
    acme_first_name: 'Ada',
    acme_last_name: lastName,
    acme_title: title,
    acme_status: 'Active' as const,
    acme_version: version,
  };
  const body = JSON.stringify([acmeEvent(acmeContact(1, record))]);
  expect((await postWebhook(system.ingestUrl, { secret: system.acmeSecret, body })).status).toBe(202);
};

/** A contact of AcmeCRM that was edited here, so that both sides differ in its title. */
const editedContact = async (world: ConsoleWorld, acmeId: string, lastName: string): Promise<string> => {
  await tellOf(world, { acmeId, lastName, title: 'Analyst', version: 1 });
  const { api } = world;
  const id = contactIdOfAcme(acmeId);
  const { etag } = await eventually(() => api.getContact({ params: { id } }), { timeoutMs: 60_000 });
  await api.patchContact({ params: { id }, body: { title: 'Countess' }, ifMatch: etag ?? '' });
  return id;
};

/** Contacts in the console: found, compared, explained, edited, erased. */
export const contactStories = (world: () => ConsoleWorld): void => {
  describe('a contact in the console', () => {
    const lastName = `Lovelace ${randomUUID().slice(0, 8)}`;
    const acmeId = `acme-${randomUUID()}`;
    let id: string;

    it('is found by name, shows both sides, and says why a field holds what it holds', async () => {
      const { page } = world();
      id = await editedContact(world(), acmeId, lastName);
      await goTo(page, '#/contacts');
      await page.getByLabel('Name begins with').fill(`Ada ${lastName}`);
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByRole('link', { name: lastName }).waitFor();
      await expectAccessible(page, 'contacts');
      await page.getByRole('link', { name: lastName }).click();
      await page.getByText('1 field differs').waitFor();
      const title = page.getByRole('row', { name: /^title differs/ });
      expect(await title.innerText()).toMatch(/Countess\s+Analyst/);
      await page.getByRole('link', { name: 'Why title holds this' }).click();
      await page.getByText('It was edited here, and AcmeCRM has not changed it since.').waitFor();
      const entries = page.getByRole('region', { name: /^Why title/ }).getByRole('listitem');
      expect((await entries.allInnerTexts()).map((text) => text.split('\n')[0])).toEqual([
        'You',
        'AcmeCRM, its version 1',
      ]);
      await expectAccessible(page, 'contact');
    });

    it('that both sides changed is a conflict with both values, and is decided there', async () => {
      const { page, api } = world();
      await tellOf(world(), { acmeId, lastName, title: 'Chief', version: 2 });
      const inbox = page.getByRole('region', { name: `Conflict of ${id}` });
      await eventually(
        async () => {
          await goTo(page, '#/pipeline');
          await goTo(page, '#/conflicts');
          await inbox.waitFor({ timeout: 2_000 });
        },
        { timeoutMs: 60_000 },
      );
      expect(await inbox.getByRole('row', { name: /^title/ }).innerText()).toMatch(/Countess\s+Chief/);
      await expectAccessible(page, 'conflicts');
      await inbox.getByRole('button', { name: 'Take ours' }).click();
      await inbox.waitFor({ state: 'detached' });
      const { body } = await api.getContact({ params: { id } }, { headers: { 'cache-control': 'no-cache' } });
      expect(body).toMatchObject({ title: 'Countess' });
    });

    it('edited by two at once shows both versions, and nobody writes over the other unseen', async () => {
      const { page, api } = world();
      await goTo(page, `#/contacts/${id}`);
      await page.getByRole('button', { name: 'Edit' }).click();
      const { etag } = await api.getContact({ params: { id } });
      await api.patchContact({ params: { id }, body: { title: 'Duchess' }, ifMatch: etag ?? '' });
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Title').fill('Baroness');
      await dialog.getByLabel('Company').fill('Engines Ltd');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByText('Somebody else changed it meanwhile').waitFor();
      expect(await dialog.getByRole('row', { name: /^title/ }).innerText()).toMatch(
        /both\s+Countess\s+Duchess\s+Baroness/,
      );
      await expectAccessible(page, 'edit-conflict');
      await dialog.getByRole('button', { name: /^Put mine over version/ }).click();
      await dialog.waitFor({ state: 'detached' });
      const { body } = await api.getContact({ params: { id } }, { headers: { 'cache-control': 'no-cache' } });
      expect(body).toMatchObject({ title: 'Baroness', company: 'Engines Ltd' });
    });

    it('is erased only by whoever types its address below the warning', async () => {
      const { page, api } = world();
      const { body } = await api.getContact({ params: { id } });
      await page.getByRole('button', { name: 'Erase for good' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('This cannot be undone').waitFor();
      const erase = dialog.getByRole('button', { name: 'Erase for good' });
      expect(await erase.isDisabled()).toBe(true);
      await expectAccessible(page, 'erase');
      await dialog.getByLabel(/^Type/).fill(body?.email ?? '');
      await erase.click();
      await page.getByText('Not found').waitFor();
      await expect(api.getContact({ params: { id } })).rejects.toMatchObject({ status: 404 });
    });
  });
};
