import { eventually } from '@contact-sync/testing';
import { describe, expect, it } from 'vitest';
import { type ConsoleWorld, expectAccessible, goTo } from './console.ts';

const numberIn = (text: string): number => Number(text.replace(/\D/g, ''));

/** Scenarios, runs and deliveries in the console. */
export const simulatorStories = (world: () => ConsoleWorld): void => {
  const sent = async (): Promise<number> => {
    const figure = world().page.getByRole('region', { name: 'Counts' }).locator('.figure').first();
    return numberIn(await figure.locator('.value').innerText());
  };

  describe('the simulator in the console', () => {
    it('starts scenarios that were picked, and shows their numbers move', async () => {
      const { page, api } = world();
      const { body } = await api.startRun({ body: { scenarios: [{ name: 'steady', count: 4 }] } });
      await goTo(page, '#/scenarios');
      await page.getByRole('checkbox', { name: 'duplicates', exact: true }).check();
      await page.getByRole('checkbox', { name: 'wrong-secret', exact: true }).check();
      await page.getByLabel('Events of each').fill('60');
      await page.getByLabel('Deliveries each second').fill('10');
      await expectAccessible(page, 'scenarios');
      await eventually(
        async () => expect((await api.getRun({ params: { id: body.id } })).body.verdict).toBeDefined(),
        { timeoutMs: 60_000 },
      );
      await page.getByRole('button', { name: 'Start 2 scenarios' }).click();
      await page.getByRole('heading', { name: 'Run', level: 1 }).waitFor();
      await expect.poll(sent, { timeout: 20_000 }).toBeGreaterThan(3);
      const before = await sent();
      await expect.poll(sent, { timeout: 20_000 }).toBeGreaterThan(before);
      await page.getByRole('figure').filter({ hasText: 'Answers take' }).waitFor();
      await expectAccessible(page, 'run-live');
    });

    it('gives the verdict without a reload, and the run beside others', async () => {
      const { page } = world();
      await page.getByText('nothing lost, nothing doubled').waitFor({ timeout: 90_000 });
      expect(await page.getByText(/401 SIGNATURE_INVALID, as planted/).count()).toBe(1);
      await expectAccessible(page, 'verdict');
      await goTo(page, '#/runs');
      const boxes = page.getByRole('checkbox', { name: /^Compare the run/ });
      await boxes.nth(0).check();
      await boxes.nth(1).check();
      const compared = page.getByRole('region', { name: 'Runs compared' });
      expect(await compared.getByRole('row', { name: /^Lost/ }).innerText()).toMatch(/Lost\s+0\s+0/);
      await expectAccessible(page, 'runs-compared');
    });

    it('shows a delivery: what was signed, every answer, and what became of it', async () => {
      const { page } = world();
      await goTo(page, '#/deliveries?state=accepted');
      const link = page.getByRole('region', { name: 'Deliveries' }).getByRole('link').first();
      const eventId = await link.innerText();
      await expectAccessible(page, 'deliveries');
      await link.click();
      const drawer = page.getByRole('dialog', { name: 'Delivery' });
      await drawer.getByRole('heading', { name: 'One attempt' }).waitFor();
      const signed = await drawer.getByRole('region', { name: 'The string that was signed' }).innerText();
      expect(signed).toMatch(new RegExp(`\\d{10}\\.\\{.*"${eventId}"`));
      await drawer
        .getByText(/applied|superseded|unchanged|duplicate/)
        .first()
        .waitFor();
      await expectAccessible(page, 'delivery');
      await drawer.getByRole('link', { name: 'Check a signature of it' }).click();
      await page.getByLabel('Shared secret').fill(world().system.acmeSecret);
      await page.getByLabel('X-Acme-Signature').fill(`sha256=${'0'.repeat(64)}`);
      await page.getByRole('button', { name: 'Check' }).click();
      await page.getByText('The signature is of another secret').waitFor();
      await expectAccessible(page, 'signature');
    });
  });

  it('the pipeline is drawn with counts that the events before have left', async () => {
    const { page } = world();
    await goTo(page, '#/pipeline');
    const accepted = page.getByRole('listitem').filter({ hasText: 'events of AcmeCRM that Kafka has' });
    await expect
      .poll(async () => numberIn((await accepted.locator('.stage-count').innerText()) || '0'))
      .toBeGreaterThan(60);
    await accepted.getByText(/^\d+(\.\d)? \/s$/).waitFor();
    await expectAccessible(page, 'pipeline');
  });
};
