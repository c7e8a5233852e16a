import type { BornHere } from '@contact-sync/api-contracts';
import { contactIdOfAcme } from '@contact-sync/domain';
import { describe, expect, it } from 'vitest';
import { createSweepWorld, longAgo, now, shown } from '../../test/support/sweep-world.ts';
import { agrees } from './sweep-job.ts';

const fill = (world: ReturnType<typeof createSweepWorld>, count: number) => {
  const records = Array.from({ length: count }, (_, index) => shown(`a${String(index).padStart(5, '0')}`, 1));
  for (const record of records) world.acme.put(record);
  return records;
};

const idsOf = (world: ReturnType<typeof createSweepWorld>) => world.published.map(({ eventId }) => eventId);

describe('a sweep', () => {
  it('imports what was never told, by events on the ordinary topics, and then finds both sides alike', async () => {
    const world = createSweepWorld();
    fill(world, 450);
    const first = await world.sweep();
    expect(first.counts).toMatchObject({ read: 450, imported: 450, healed: 0, missedVersions: 0 });
    expect(world.published).toHaveLength(450);
    expect(world.published[0]).toMatchObject({
      eventId: 'sweep:a00000:1',
      eventType: 'contact.created',
      contactId: contactIdOfAcme('a00000'),
      sourceVersion: 1,
      source: 'acmecrm',
      occurredAt: '2026-11-28T11:00:00.000Z',
    });
    const proof = await world.sweep({ full: true });
    expect(proof.counts).toMatchObject({ read: 450, agreed: 450, checkedHere: 450, imported: 0 });
    expect([agrees(first), agrees(proof)]).toEqual([false, true]);
  });

  it('publishes what is newer there, counts the versions that never came and names them', async () => {
    const world = createSweepWorld();
    world.mirrors.hold(shown('a', 2));
    world.acme.put(shown('a', 5));
    world.mirrors.hold(shown('b', 3));
    world.acme.put(shown('b', 4), true);
    world.mirrors.hold(shown('c', 3));
    world.acme.put(shown('c', 3), true);
    const { counts, findings } = await world.sweep();
    expect(idsOf(world)).toEqual(['sweep:a:5', 'sweep:b:4', 'sweep:c:3']);
    expect(world.published[1]).toMatchObject({
      eventType: 'contact.deleted',
      data: { id: 'b', acme_version: 4 },
    });
    expect(counts).toMatchObject({ healed: 3, missedVersions: 5 });
    expect(findings).toContainEqual({
      difference: 'behind-here',
      acmeId: 'a',
      contactId: contactIdOfAcme('a'),
      here: 2,
      there: 5,
    });
  });

  it('names what is behind there, differs at one version or exists on one side only, and does not call that agreement', async () => {
    const world = createSweepWorld();
    for (const id of ['same', 'behind', 'differs', 'gone', 'erased']) world.mirrors.hold(shown(id, 4));
    world.mirrors.erase('erased');
    world.acme.put(shown('same', 4));
    world.acme.put(shown('behind', 3));
    world.acme.put(shown('differs', 4, { acme_title: 'Another' }));
    world.acme.put(shown('erased', 9));
    world.acme.put(shown('odd', 1, { acme_email: 'none' }));
    const progress = await world.sweep({ full: true });
    expect(progress.counts).toMatchObject({
      agreed: 1,
      behindThere: 1,
      differs: 1,
      onlyHere: 1,
      erased: 1,
      unreadable: 1,
      imported: 0,
    });
    expect(
      progress.findings.map(({ difference, acmeId, here, there, pointer }) => [
        difference,
        acmeId,
        here,
        there,
        pointer,
      ]),
    ).toEqual([
      ['behind-there', 'behind', 4, 3, undefined],
      ['differs', 'differs', 4, 4, undefined],
      ['unreadable', 'odd', undefined, 1, '/acme_email'],
      ['only-here', 'gone', 4, undefined, undefined],
    ]);
    expect(agrees(progress)).toBe(false);
    expect(world.published).toEqual([]);
  });

  it('names what was made here and never came to AcmeCRM, with what holds it, and does not call that agreement', async () => {
    const world = createSweepWorld();
    const made = (contactId: string, record: BornHere['record'], more: Partial<BornHere> = {}) =>
      world.mirrors.bornHere.push({ contactId, version: 1, updatedAt: longAgo, record, ...more });
    made('linked', 'linked');
    made('refused', 'held', { why: 'refused' });
    made('never', 'none');
    made('sent', 'under-way');
    made('late', 'none', { updatedAt: new Date(now - 59_000).toISOString() });
    const { counts, findings } = await world.sweep({ full: true });
    expect(counts).toMatchObject({ notCreated: 2, createPending: 2, onlyHere: 0 });
    expect(findings).toEqual([
      { difference: 'not-created', contactId: 'refused', why: 'refused' },
      { difference: 'not-created', contactId: 'never' },
    ]);
    expect(await world.sweep()).toMatchObject({ counts: { notCreated: 0 }, findings: [] });
  });

  it('takes a create for pending while the writer has not come to it, however old it is', async () => {
    const world = createSweepWorld();
    const made = { contactId: 'a', version: 1, updatedAt: longAgo, record: 'none' } as const;
    world.mirrors.bornHere.push(made);
    world.world.lookedUntil = Date.parse(longAgo);
    const waiting = await world.sweep({ full: true });
    expect([waiting.counts.createPending, waiting.findings, agrees(waiting)]).toEqual([1, [], false]);
    world.world.lookedUntil = now;
    const { counts } = await world.sweep({ full: true });
    expect([counts.createPending, counts.notCreated]).toEqual([0, 1]);
  });

  it('takes unknown members, empties and other spellings for no difference', async () => {
    const world = createSweepWorld();
    world.mirrors.hold(shown('a', 2, { acme_notes: null, acme_tags: [], acme_region: 'emea' }));
    world.acme.put(shown('a', 2, { acme_email: ' ada@example.com', acme_owner: 7 }));
    expect(agrees(await world.sweep({ full: true }))).toBe(true);
  });

  it('leaves a change of the last minute to its webhook, and looks at it again next time', async () => {
    const world = createSweepWorld({ overlapMs: 0 });
    const young = new Date(now - 59_000).toISOString();
    world.acme.put(shown('a', 1, { acme_updated_at: young }));
    const first = await world.sweep();
    expect([first.counts.young, world.published]).toEqual([1, []]);
    expect(agrees(first)).toBe(false);
    await world.sweep();
    expect(Date.parse(world.acme.listed.at(-1)?.updatedSince ?? '')).toBeLessThanOrEqual(Date.parse(young));
  });

  it('begins where the last one ended, less the overlap', async () => {
    const world = createSweepWorld({ overlapMs: 600_000, graceMs: 0 });
    world.acme.put(shown('a', 1));
    world.acme.put(shown('b', 1, { acme_updated_at: '2026-11-28T11:30:00.000Z' }));
    await world.sweep();
    await world.sweep();
    expect(world.acme.listed).toEqual([{}, { updatedSince: '2026-11-28T11:20:00.000Z' }]);
    await world.sweep({ full: true });
    expect(world.acme.listed.at(-1)).toEqual({});
  });

  it('changes nothing in a dry run, and tells the same', async () => {
    const world = createSweepWorld();
    fill(world, 250);
    world.mirrors.hold(shown('z', 1));
    world.acme.put(shown('z', 3), true);
    const dry = await world.sweep({ full: true, dryRun: true });
    expect([world.published, world.admitted, await world.marks.read()]).toEqual([[], [], undefined]);
    const { counts } = await world.sweep({ full: true });
    // The import itself is what a full sweep then finds held here.
    expect({ ...counts, checkedHere: 0 }).toEqual({ ...dry.counts, checkedHere: 0 });
    expect(counts).toMatchObject({ imported: 250, healed: 1, missedVersions: 2 });
  });

  it('goes on where it was when its process was killed, and repeats no count', async () => {
    const world = createSweepWorld();
    fill(world, 700);
    const job = await world.work(world.begin({ full: true }), 3);
    // A piece of which nobody took note.
    await world.work(job, 1);
    const { progress } = await world.work(job);
    expect(progress.counts.read).toBe(700);
    expect(progress.counts.imported + progress.counts.agreed).toBe(700);
    expect(progress.counts.onlyHere).toBe(0);
    expect(new Set(idsOf(world)).size).toBe(700);
  });

  it('counts what AcmeCRM does not have once, though the page is repeated of which nobody took note', async () => {
    const world = createSweepWorld();
    for (let index = 0; index < 7; index += 1) world.mirrors.hold(shown(`gone${index}`, 2));
    world.acme.put(shown('late', 3));
    world.mirrors.hold(shown('late', 3));
    world.acme.trouble.push({ kind: 'page', items: [] });
    let job = await world.work(world.begin({ full: true }), 2);
    while (job.progress.place?.side === 'here') {
      // Killed behind its work, before anything was kept.
      await world.work(job, 1);
      job = await world.work(job, 1);
    }
    const { progress } = await world.work(job);
    expect(progress.counts).toMatchObject({ onlyHere: 7, agreed: 1, checkedHere: 8 });
    expect(agrees(progress)).toBe(false);
  });

  it('goes on with what an earlier release began, which counted less', async () => {
    const world = createSweepWorld();
    world.mirrors.bornHere.push({ contactId: 'a', version: 1, updatedAt: longAgo, record: 'none' });
    const job = world.begin({ full: true });
    const { notCreated, createPending, ...counts } = job.progress.counts;
    const kept = JSON.parse(JSON.stringify({ ...job.progress, counts }));
    const { progress } = await world.work({ ...job, progress: kept });
    expect(progress.counts).toMatchObject({ notCreated: 1, createPending: 0 });
  });

  it('keeps to its rate, or to that which was asked for', async () => {
    const world = createSweepWorld({ ratePerSecond: 500 });
    fill(world, 450);
    await world.sweep();
    expect(world.paused).toEqual([400, 400]);
    await world.sweep({ ratePerSecond: 400 });
    expect(world.paused.slice(2)).toEqual([500, 500]);
  });

  it('waits a second in a piece at most, however low its rate, so that it can be ended and keeps its lease', async () => {
    const world = createSweepWorld();
    fill(world, 201);
    const job = await world.work(world.begin({ ratePerSecond: 100 }), 2);
    expect([job.progress.counts.read, world.paused]).toEqual([200, []]);
    const waiting = await world.work(job, 2);
    expect([waiting.progress.counts.read, world.paused]).toEqual([200, [1_000, 1_000]]);
    expect((await world.work(waiting)).progress.counts.read).toBe(201);
    expect(world.paused).toHaveLength(2);
  });

  it('makes no burst of time that was lost', async () => {
    const world = createSweepWorld({ ratePerSecond: 200 });
    fill(world, 600);
    const job = await world.work(world.begin(), 2);
    world.world.clock += 60_000;
    await world.work(job);
    expect(world.paused).toEqual([1_000]);
  });

  it.each([
    [{ kind: 'limited', retryAfterMs: 5_000 }, 'RATE_LIMITED'],
    [{ kind: 'unauthorised', status: 401 }, 'UNAUTHENTICATED'],
    [{ kind: 'unavailable', why: 'it answered 503' }, 'DEPENDENCY_UNAVAILABLE'],
  ] as const)('stays where it is while AcmeCRM is %o, and says why', async (trouble, code) => {
    const world = createSweepWorld();
    fill(world, 3);
    const job = await world.work(world.begin(), 1);
    world.acme.trouble.push(trouble);
    await expect(world.work(job)).rejects.toMatchObject({ code, retryable: true });
    expect((await world.work(job)).progress.counts.imported).toBe(3);
  });

  it('is stopped by the brake before it deletes too many, with the page whole, and goes on when they are accepted', async () => {
    const world = createSweepWorld();
    for (let index = 0; index < 30; index += 1) {
      world.mirrors.hold(shown(`a${index}`, 1));
      world.acme.put(shown(`a${index}`, 2), true);
    }
    world.world.admits = () => world.admitted.length <= 20;
    const job = await world.work(world.begin(), 1);
    await expect(world.work(job)).rejects.toMatchObject({ code: 'CONFLICT', retryable: true });
    expect(world.published).toEqual([]);
    world.world.admits = () => true;
    expect((await world.work(job)).progress.counts).toMatchObject({ healed: 30, missedVersions: 30 });
  });

  it('takes no record for behind there that was changed after the list showed it', async () => {
    const world = createSweepWorld();
    world.mirrors.hold(shown('a', 5));
    world.acme.put(shown('a', 5));
    // The list has it as it was.
    world.acme.trouble.push({ kind: 'page', items: [shown('a', 4)] });
    const progress = await world.sweep();
    expect([progress.counts.behindThere, progress.counts.agreed, progress.findings]).toEqual([0, 1, []]);
  });

  it('looks once more for what the list did not show, before it says that AcmeCRM has none', async () => {
    const world = createSweepWorld();
    for (const id of ['shown', 'deleted', 'none']) world.mirrors.hold(shown(id, 2));
    world.acme.put(shown('shown', 2));
    world.acme.put(shown('deleted', 3), true);
    world.acme.trouble.push({ kind: 'page', items: [] });
    const { counts, findings } = await world.sweep({ full: true });
    expect(counts).toMatchObject({ agreed: 1, healed: 1, onlyHere: 1 });
    expect(idsOf(world)).toEqual(['sweep:deleted:3']);
    expect(findings.find(({ difference }) => difference === 'only-here')?.acmeId).toBe('none');
  });

  it('asks for a hundred by their ids and no more where AcmeCRM has none of them', async () => {
    const world = createSweepWorld();
    for (let index = 0; index < 300; index += 1) world.mirrors.hold(shown(`a${index}`, 1));
    const { counts, findings } = await world.sweep({ full: true });
    expect([counts.onlyHere, world.acme.found.length, findings.length]).toEqual([300, 100, 100]);
  });
});
