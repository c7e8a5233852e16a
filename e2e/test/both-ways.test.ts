import type { Client } from '@contact-sync/client';
import { eventually } from '@contact-sync/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createStories } from '../both-ways/create-stories.ts';
import { decisionStories } from '../both-ways/decision-stories.ts';
import { lengthStories } from '../both-ways/length-stories.ts';
import { lostAnswerStories } from '../both-ways/lost-answer-stories.ts';
import {
  ada,
  adaHere,
  brakeCount,
  calm,
  comesHere,
  edit,
  holdAnswer,
  knownThere,
  leadTo,
  type Stage,
  startStage,
  tell,
  within,
} from '../both-ways/stage.ts';
import { troubleStories } from '../both-ways/trouble-stories.ts';
import { type CrmRecord, crmOf } from '../src/acme-crm.ts';
import { runOps } from '../src/ops.ts';

let stage: Stage;
let api: Client;

beforeAll(async () => {
  stage = await startStage();
  ({ api } = stage);
});

afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
});

describe('with the simulator as AcmeCRM', () => {
  let crm: ReturnType<typeof crmOf>;
  beforeAll(() => {
    crm = crmOf(stage.system);
    leadTo(stage, stage.system.urls['webhook-simulator']);
  });

  const isThere = async (acmeId: string, members: object): Promise<CrmRecord> =>
    eventually(async () => {
      const { body } = await crm.read(acmeId);
      expect(body).toMatchObject(members);
      return body;
    }, within);

  it('an edit here is there as the one field that it changed, and its webhook is no news', async () => {
    const { id: acmeId } = await crm.create({
      ...ada,
      acme_address: '12 St James Square, London',
      acme_rank: 7,
    });
    const params = await comesHere(stage, acmeId);
    const startedAt = performance.now();

    await edit(stage, params.id, 'Countess');
    const record = await isThere(acmeId, { acme_title: 'Countess' });
    process.stdout.write(`in AcmeCRM after ${Math.round(performance.now() - startedAt)} ms\n`);

    expect(record).toMatchObject({
      acme_version: 2,
      acme_address: '12 St James Square, London',
      acme_rank: 7,
    });
    const echo = await eventually(async () => {
      const { items } = (await api.listContactEvents({ params, query: { limit: 100 } })).body;
      const found = items
        .flatMap(({ contents }) => contents)
        .find(({ sourceVersion }) => sourceVersion === 2);
      expect(found).toBeDefined();
      return found;
    }, within);
    // The first to come moves the mirror, the webhook or the answer; the other one is a duplicate.
    expect(echo?.fate).toMatch(/^(duplicate|unchanged)$/);
    expect((await api.getContact({ params })).body).toMatchObject({ version: 2, title: 'Countess' });
    expect((await api.getAcmeRecord({ params })).body).toMatchObject({ sourceVersion: 2 });
    expect((await crm.read(acmeId)).body.acme_version).toBe(2);
  });

  it('a contact born here is made there once, and its update and delete arrive at that record', async () => {
    const { id } = (await api.createContact({ body: { ...adaHere, email: 'born@example.com' } })).body;
    const params = { id };
    const made = await eventually(async () => {
      const found = (await crm.list()).filter(({ acme_external_id }) => acme_external_id === id);
      expect(found).toHaveLength(1);
      return found[0];
    }, within);
    const acmeId = made?.id ?? '';

    await edit(stage, id, 'Countess');
    await isThere(acmeId, { acme_title: 'Countess' });
    await api.deleteContact({ params, ifMatch: (await api.getContact({ params })).etag ?? '' });
    await eventually(async () => expect((await crm.read(acmeId)).status).toBe(410), within);

    const { items } = (await api.listContacts({ query: { email: 'born@example.com', includeDeleted: true } }))
      .body;
    expect(items.map((contact) => contact.id)).toEqual([id]);
  });
});

describe('with an AcmeCRM that answers late or not at all', () => {
  beforeAll(() => leadTo(stage, stage.acme.url));
  beforeEach(() => calm(stage));

  it('of two edits, the first one’s answer late, the second stands on both sides, also where it sets back', async () => {
    const params = await knownThere(stage, 'acme-late');
    await edit(stage, params.id, 'before');
    await eventually(() => stage.acme.contacts.get('acme-late')?.record.acme_title === 'before', within);
    const { release, isHeld } = holdAnswer(stage, 'PATCH');
    await edit(stage, params.id, 'after');
    await eventually(isHeld, within);

    await edit(stage, params.id, 'before');
    release();

    await eventually(() => stage.acme.contacts.get('acme-late')?.record.acme_version === 4, within);
    for (const change of stage.acme.changes.filter(({ record: { id } }) => id === 'acme-late'))
      await tell(stage, change);
    expect(stage.acme.contacts.get('acme-late')?.record).toMatchObject({
      acme_title: 'before',
      acme_version: 4,
    });
    expect((await api.getContact({ params })).body).toMatchObject({ title: 'before', version: 4 });
  });

  it('edits on both sides at once all stand, and nothing is written back and forth', async () => {
    const acmeIds = Array.from({ length: 10 }, (_, index) => `acme-busy-${index}`);
    const known = await Promise.all(acmeIds.map((id) => knownThere(stage, id)));
    const rounds = 5;
    const before = stage.acme.changes.length;
    for (let round = 1; round <= rounds; round += 1) {
      const theirs = acmeIds.map((id) => ({
        record: stage.acme.edit(id, { acme_company: `Company ${round}` }),
        deleted: false,
      }));
      await Promise.all([
        ...known.map(({ id }) => edit(stage, id, `Title ${round}`)),
        ...theirs.map((change) => tell(stage, change)),
      ]);
    }
    const last = { acme_title: `Title ${rounds}`, acme_company: `Company ${rounds}` };
    await eventually(() => {
      for (const id of acmeIds) expect(stage.acme.contacts.get(id)?.record).toMatchObject(last);
    }, within);
    for (const change of stage.acme.changes.slice(before)) await tell(stage, change);

    await eventually(async () => {
      for (const params of known) {
        const { body } = await api.getAcmeRecord({ params });
        expect(body.sourceVersion).toBe(
          stage.acme.contacts.get(String(body.record?.['id']))?.record.acme_version,
        );
      }
    }, within);
    for (const params of known) {
      expect((await api.getContact({ params })).body).toMatchObject({
        title: last.acme_title,
        company: last.acme_company,
      });
    }
    const ours = stage.acme.changes.slice(before).filter(({ by }) => by === 'api');
    expect(ours.length).toBeLessThanOrEqual(rounds * acmeIds.length);
  });

  const massDelete = brakeCount + 4;

  it('a mass delete stops at its count until an operator accepts, and nothing of it is lost', async () => {
    const acmeIds = Array.from({ length: massDelete }, (_, index) => `acme-mass-${index}`);
    const known = await Promise.all(acmeIds.map((id) => knownThere(stage, id)));
    const group = 'contact-sync.write-back';
    const deleted = () => acmeIds.filter((id) => stage.acme.contacts.get(id)?.deleted).length;
    for (const params of known) {
      const { etag = '' } = await api.getContact({ params });
      await api.deleteContact({ params, ifMatch: etag });
    }
    const paused = await eventually(async () => {
      const { items } = (await api.listConsumers()).body;
      const [one] = items.find((item) => item.group === group)?.paused ?? [];
      expect(one).toMatchObject({ why: 'mass-writes' });
      return one;
    }, within);
    expect(deleted()).toBeLessThanOrEqual(brakeCount);

    const resumed = await runOps(
      stage.system,
      'consumers',
      'resume',
      group,
      '--accept',
      paused?.fingerprint ?? '',
    );

    expect(resumed).toMatchObject({ code: 0, stdout: `${group} goes on.\n` });
    await eventually(() => deleted() === massDelete, within);
    expect((await api.listConsumers()).body.items).toMatchObject([{ paused: [] }, { group, paused: [] }]);
  });
});

createStories(() => stage);
lostAnswerStories(() => stage);
decisionStories(() => stage);
troubleStories(() => stage);
lengthStories(() => stage);
