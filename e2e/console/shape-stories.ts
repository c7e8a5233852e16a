import { describe, expect, it } from 'vitest';
import { type ConsoleWorld, expectAccessible, goTo, takePicture } from './console.ts';

const places = [
  'pipeline',
  'contacts',
  'conflicts',
  'scenarios',
  'runs',
  'deliveries',
  'events',
  'dead-letters',
  'mapping',
  'signature',
  'users',
  'clients',
  'audit',
  'sessions',
];

/** What holds for every place of the console. */
export const shapeStories = (world: () => ConsoleWorld): void => {
  const visit = async (place: string) => {
    const { page } = world();
    await goTo(page, `#/${place}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page
      .getByText(/^Loading/)
      .first()
      .waitFor({ state: 'detached' });
  };

  describe('every place of the console', () => {
    it('is without serious findings of axe-core in both themes', async () => {
      for (const place of ['mapping', 'users', 'clients', 'audit', 'sessions', 'events']) {
        await visit(place);
        await expectAccessible(world().page, place);
      }
    });

    it('fits a screen of 360 px, with its menu behind a button', async () => {
      const { page } = world();
      await page.setViewportSize({ width: 360, height: 740 });
      for (const place of places) {
        await visit(place);
        const beyond = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect(beyond, place).toBeLessThanOrEqual(0);
        await takePicture(page, `${place}-narrow`);
      }
      expect(await page.getByRole('link', { name: 'Contacts', exact: true }).isVisible()).toBe(false);
      await page.getByRole('button', { name: 'Menu' }).click();
      await expectAccessible(page, 'menu-narrow');
      await page.getByRole('link', { name: 'Contacts', exact: true }).click();
      await page.getByRole('heading', { name: 'Contacts', level: 1 }).waitFor();
      await page.getByRole('link', { name: 'Audit' }).waitFor({ state: 'hidden' });
      await page.setViewportSize({ width: 1_280, height: 720 });
    });
  });
};
