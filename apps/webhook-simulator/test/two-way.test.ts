import type { Verdict } from '@contact-sync/api-contracts';
import { describe, expect, it } from 'vitest';
import { sharedFields } from '../src/domain/both-ways/plan.ts';
import { startSimulator } from './simulator-app.ts';

const codesOf = ({ lost, doubled, unexpected, unverified }: Verdict) =>
  [...new Set([...lost, ...doubled, ...unexpected, ...unverified].map(({ code }) => code))].toSorted();

/** A run of two-way against a platform that hears AcmeCRM's webhooks and writes back so much later, or never. */
const play = async (
  parameters: Readonly<Record<string, number>>,
  { hears = true, writesAfterMs = 0, freezes = false } = {},
) => {
  const { call, whenFinished, onChange, crmStore, system, draining, conduct, clock, dependencies } =
    await startSimulator();
  const { edit } = system.editor;
  const writeBack = async ({ contactId, field, value }: Parameters<typeof edit>[0]) => {
    const acmeId = await system.editor.sourceIdOf(contactId);
    await clock.wait(writesAfterMs, draining.signal);
    if (acmeId !== undefined)
      await dependencies.acme.crm.patch(acmeId, { [sharedFields[field]]: value }, undefined);
  };
  const editAndWrite: typeof edit = async (one) => {
    const made = await edit(one);
    if (freezes) system.frozen.add(one.contactId);
    if (made === 'made' && writesAfterMs > 0) void writeBack(one);
    return made;
  };
  Object.assign(system.editor, { edit: editAndWrite });
  let told = 0;
  onChange.mockImplementation(() => {
    for (const { eventId, body } of hears ? crmStore.written.slice(told) : [])
      void system.endpoint.post({
        body,
        messageId: eventId,
        manner: {},
        attempt: 1,
        signal: draining.signal,
      });
    told = crmStore.written.length;
  });
  const begun = await call('POST', '/api/v1/simulator/runs', 'editor', {
    scenarios: [{ name: 'two-way', count: 36, parameters: { deletes: 0, bornHere: 0, ...parameters } }],
    settleTimeoutSeconds: 20,
  });
  const run = await whenFinished(String(begun.headers['location']));
  return { run, verdict: run.verdict as Verdict, conduct };
};

describe('a run of two-way', () => {
  it('is red where what people do here never reaches AcmeCRM', async () => {
    const { run, verdict } = await play({});
    expect(run).toMatchObject({ state: 'done' });
    expect(verdict).toMatchObject({ ok: false, sent: 36 });
    expect(codesOf(verdict)).toContain('SIDES_DIFFER');
  });

  it('is green where a write waits for its turn while both sides are at one version', async () => {
    const { verdict } = await play({ delayMs: 0 }, { writesAfterMs: 6_000 });
    expect(codesOf(verdict)).toEqual([]);
    expect(verdict).toMatchObject({ ok: true });
  });

  it('names what the loop breaker has frozen as frozen, and nothing of it as lost', async () => {
    const { verdict } = await play({}, { freezes: true });
    const { lost, unexpected } = verdict;
    expect([...new Set(unexpected.map(({ code }) => code))]).toEqual(['FROZEN']);
    const frozen = new Set(unexpected.map(({ contactId }) => contactId));
    expect(lost.filter(({ contactId }) => frozen.has(contactId))).toEqual([]);
    expect(verdict.ok).toBe(false);
  });

  it('is red where the platform hears nothing of AcmeCRM', async () => {
    const { verdict } = await play({}, { hears: false });
    expect(verdict.lost.map(({ code }) => code)).toEqual(Array.from({ length: 6 }, () => 'NOTHING_STORED'));
  });

  it('has AcmeCRM behave as its parameters say while people act, and as it ought to afterwards', async () => {
    const { conduct } = await play({ delayMs: 200, awaySeconds: 1, normalises: 1 });
    expect(await conduct.current()).toEqual({});
  });
});
