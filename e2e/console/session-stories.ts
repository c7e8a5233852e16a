import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type ConsoleWorld, expectAccessible, fillLogIn, goTo, open } from './console.ts';

const menuOf = async ({ page }: ConsoleWorld): Promise<string[]> =>
  page.getByRole('navigation', { name: 'Console' }).getByRole('link').allInnerTexts();

/** Who is in, who is not, and what each sees. */
export const sessionStories = (world: () => ConsoleWorld): void => {
  describe('a session of the console', () => {
    it('does not begin with a wrong password, and says so', async () => {
      const { page, system } = world();
      await open(world());
      await fillLogIn(page, { ...system.admin, password: 'not the password' });
      await page.getByRole('alert').waitFor();
      expect(await page.getByLabel('Password').inputValue()).toBe('');
      await expectAccessible(page, 'log-in');
    });

    it('begins with the right one, asks nobody but the gateway, and leaves no token where scripts of others find it', async () => {
      const { page, system, browser } = world();
      await fillLogIn(page, system.admin);
      await page.getByRole('navigation', { name: 'Console' }).waitFor();
      const { origin } = new URL(system.gatewayUrl);
      expect(new Set(browser.requested.map((url) => url.origin))).toEqual(new Set([origin]));
      expect(await page.evaluate('[localStorage.length, sessionStorage.length, document.cookie]')).toEqual([
        0,
        0,
        '',
      ]);
    });

    it('that ends in mid-use is begun again over the page, and what was asked goes on', async () => {
      const { page, system, api } = world();
      const name = `Hopper ${randomUUID().slice(0, 8)}`;
      await api.createContact({
        body: { firstName: 'Grace', lastName: name, email: 'grace@example.com' },
      });
      await goTo(page, '#/contacts');
      await page.getByLabel('Name begins with').fill(name);
      await api.endSessions();
      // Access tokens are refused within five seconds of it.
      await expect
        .poll(
          async () => {
            await page
              .getByRole('button', { name: 'Search' })
              .click({ timeout: 500 })
              .catch(() => undefined);
            return page.getByRole('dialog', { name: 'Your session has ended' }).isVisible();
          },
          { timeout: 15_000, interval: 250 },
        )
        .toBe(true);
      await expectAccessible(page, 'session-ended');
      await page.getByRole('dialog').getByLabel('Password').fill(system.admin.password);
      await page.getByRole('dialog').getByRole('button', { name: 'Log in' }).click();
      await page.getByRole('link', { name: `Grace ${name}` }).waitFor();
    });

    it('of a viewer shows what a viewer may do', async () => {
      const { page, api } = world();
      const viewer = { email: `viewer-${randomUUID()}@example.com`, password: randomUUID() };
      await api.createUser({ body: { ...viewer, roles: ['viewer'] } });
      await page.getByRole('button', { name: 'Log out' }).click();
      await fillLogIn(page, viewer);
      await page
        .getByRole('link', { name: /^Grace Hopper/ })
        .first()
        .click();
      await page.getByRole('heading', { name: 'Fields' }).waitFor();
      expect(await page.getByRole('button', { name: /^(Edit|Delete|Erase for good)$/ }).count()).toBe(0);
      const menu = await menuOf(world());
      expect(menu).toContain('Contacts');
      expect(menu.filter((title) => ['Dead letters', 'Users', 'Audit'].includes(title))).toEqual([]);
      await page.getByRole('button', { name: 'Log out' }).click();
    });

    it('is had by the keyboard alone, with the focus where the eye is', async () => {
      const { page, system } = world();
      await open(world(), '#/signature');
      await page.getByLabel('E-mail', { exact: true }).focus();
      await page.keyboard.type(system.admin.email);
      await page.keyboard.press('Tab');
      await page.keyboard.type(system.admin.password);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Signature checker', level: 1 }).waitFor();
      const focused = () => page.evaluate('document.activeElement.textContent.trim()');
      expect(await focused()).toBe('Signature checker');
      await page.getByRole('link', { name: 'Contacts', exact: true }).focus();
      await page.keyboard.press('Enter');
      await expect.poll(focused).toBe('Contacts');
      await page
        .getByRole('link', { name: /^Grace Hopper/ })
        .first()
        .focus();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Edit' }).waitFor();
      await page.getByRole('button', { name: 'Edit' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await expect.poll(focused).toBe('Edit');
    });
  });
};
