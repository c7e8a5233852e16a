import { type Client, createClient, editContact } from '@contact-sync/client';
import { contactIdOfAcme, parseJson } from '@contact-sync/domain';
import {
  type AcmeChange,
  type AcmeStandIn,
  createTcpProxy,
  eventually,
  startAcmeStandIn,
  type TcpProxy,
} from '@contact-sync/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { postWebhook } from '../src/acme.ts';
import { type CrmRecord, crmOf } from '../src/acme-crm.ts';
import { runOps } from '../src/ops.ts';
import { type System, startSystem } from '../src/system.ts';

const brakeCount = 5;

let system: System;
let api: Client;
let crm: ReturnType<typeof crmOf>;
let acme: AcmeStandIn;
/** Between the worker and AcmeCRM: the simulator, or the stand-in of a test. */
let way: TcpProxy;

const leadTo = (url: string) => {
  way.setTarget({ host: '127.0.0.1', port: Number(new URL(url).port) });
  way.cutAll();
};

beforeAll(async () => {
  acme = await startAcmeStandIn();
  way = await createTcpProxy({ target: { host: '127.0.0.1', port: Number(new URL(acme.url).port) } });
  const worker = {
    ACME_API_URL: way.url('http'),
    ACME_TIMEOUT_MS: '2000',
    ACME_WRITE_BACK_DELETES: 'true',
    ACME_BRAKE_COUNT: String(brakeCount),
  };
  const changes = { 'event-worker': worker, 'contact-service': { WRITE_BACK_LEASE_MS: '2000' } };
  system = await startSystem(changes, { bothWays: true });
  api = createClient({ baseUrl: system.gatewayUrl, credentials: system.admin, parse: parseJson });
  crm = crmOf(system);
});

afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
  await Promise.all([way?.close(), acme?.close()]);
});

const within = { timeoutMs: 60_000 };
const ada = { acme_first_name: 'Ada', acme_last_name: 'Lovelace', acme_email: 'ada@example.com' };
const adaHere = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com' };

const comesHere = (acmeId: string) => {
  const params = { id: contactIdOfAcme(acmeId) };
  return eventually(async () => (await api.getContact({ params })) && params, within);
};

const edit = (id: string, title: string) => editContact(api, id, () => ({ title }));

describe('with the simulator as AcmeCRM', () => {
  beforeAll(() => leadTo(system.urls['webhook-simulator']));

  const isThere = async (acmeId: string, members: object): Promise<CrmRecord> =>
    eventually(async () => {
      const { body } = await crm.read(acmeId);
      expect(body).toMatchObject(members);
      return body;
    }, within);

  it('an edit here is there as the one field that it changed, and its webhook is a duplicate', async () => {
    const { id: acmeId } = await crm.create({
      ...ada,
      acme_address: '12 St James Square, London',
      acme_rank: 7,
    });
    const params = await comesHere(acmeId);
    const startedAt = performance.now();

    await edit(params.id, 'Countess');
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
    expect(echo?.fate).toBe('duplicate');
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

    await edit(id, 'Countess');
    await isThere(acmeId, { acme_title: 'Countess' });
    await api.deleteContact({ params, ifMatch: (await api.getContact({ params })).etag ?? '' });
    await eventually(async () => expect((await crm.read(acmeId)).status).toBe(410), within);

    const { items } = (await api.listContacts({ query: { email: 'born@example.com', includeDeleted: true } }))
      .body;
    expect(items.map((contact) => contact.id)).toEqual([id]);
  });
});

describe('with an AcmeCRM that answers late or not at all', () => {
  beforeAll(() => leadTo(acme.url));
  beforeEach(() => acme.trouble());

  /** The webhook of a change, as AcmeCRM would send it. */
  const tell = ({ record, deleted }: Pick<AcmeChange, 'record' | 'deleted'>) => {
    const { id, acme_version } = record;
    const type = acme_version === 1 ? 'contact.created' : 'contact.updated';
    const body = JSON.stringify({
      id: `evt_${id}_${acme_version}`,
      event: deleted ? 'contact.deleted' : type,
      timestamp: new Date().toISOString(),
      data: deleted ? { id, acme_version } : record,
    });
    return postWebhook(system.ingestUrl, { secret: system.acmeSecret, body });
  };

  const knownThere = async (acmeId: string) => {
    const record = { id: acmeId, acme_version: 1, ...ada };
    acme.put(record);
    await tell({ record, deleted: false });
    return comesHere(acmeId);
  };

  /** Holds the answer to the first write that `meant` names; its effect is done at once. */
  const holdAnswer = (meant: (method: string) => boolean) => {
    const held = Promise.withResolvers<void>();
    let isHeld = false;
    acme.trouble(({ method }) => {
      if (isHeld || !meant(method)) return undefined;
      isHeld = true;
      return { kind: 'held', until: held.promise };
    });
    return { release: held.resolve, isHeld: () => isHeld };
  };

  const madeOf = (id: string) =>
    [...acme.contacts.values()].filter(({ record }) => record['acme_external_id'] === id);

  it('of two edits, the first one’s answer late, the second stands on both sides, also where it sets back', async () => {
    const params = await knownThere('acme-late');
    await edit(params.id, 'before');
    await eventually(() => acme.contacts.get('acme-late')?.record.acme_title === 'before', within);
    const { release, isHeld } = holdAnswer((method) => method === 'PATCH');
    await edit(params.id, 'after');
    await eventually(isHeld, within);

    await edit(params.id, 'before');
    release();

    await eventually(() => acme.contacts.get('acme-late')?.record.acme_version === 4, within);
    for (const change of acme.changes.filter(({ record: { id } }) => id === 'acme-late')) await tell(change);
    expect(acme.contacts.get('acme-late')?.record).toMatchObject({ acme_title: 'before', acme_version: 4 });
    expect((await api.getContact({ params })).body).toMatchObject({ title: 'before', version: 4 });
  });

  it('a worker that is killed before it hears the answer makes no second record, and later edits reach the one', async () => {
    const { isHeld } = holdAnswer((method) => method === 'POST');
    const { id } = (await api.createContact({ body: { ...adaHere, email: 'killed@example.com' } })).body;
    await eventually(isHeld, within);

    await system.processes['event-worker'].kill('SIGKILL');
    await edit(id, 'Countess');
    await system.processes['event-worker'].restart();

    await eventually(() => madeOf(id)[0]?.record.acme_title === 'Countess', within);
    expect(madeOf(id)).toHaveLength(1);
  });

  it('a contact-service that is killed before it hears the answer hears it later, and links one contact', async () => {
    const { isHeld, release } = holdAnswer((method) => method === 'POST');
    const { id } = (await api.createContact({ body: { ...adaHere, email: 'deaf@example.com' } })).body;
    await eventually(isHeld, within);

    await system.processes['contact-service'].kill('SIGKILL');
    release();
    await system.processes['contact-service'].restart();

    await eventually(
      async () => (await api.getAcmeRecord({ params: { id } })).body.sourceVersion === 1,
      within,
    );
    await edit(id, 'Countess');
    await eventually(() => madeOf(id)[0]?.record.acme_title === 'Countess', within);
    expect(madeOf(id)).toHaveLength(1);
  });

  it('the webhook of a creation may come before its answer: both are of the one contact', async () => {
    const { isHeld, release } = holdAnswer((method) => method === 'POST');
    const { id } = (await api.createContact({ body: { ...adaHere, email: 'early@example.com' } })).body;
    await eventually(isHeld, within);
    const [made] = madeOf(id);
    if (made === undefined) throw new Error('AcmeCRM has made nothing');

    await tell(made);
    release();

    await eventually(
      async () => (await api.getAcmeRecord({ params: { id } })).body.sourceVersion === 1,
      within,
    );
    await edit(id, 'Countess');
    await eventually(() => madeOf(id)[0]?.record.acme_title === 'Countess', within);
    const { items } = (await api.listContacts({ query: { email: 'early@example.com' } })).body;
    expect(items.map((contact) => contact.id)).toEqual([id]);
  });

  it('edits go on while there is no way to AcmeCRM, and all are there when it is back', async () => {
    const acmeIds = Array.from({ length: 8 }, (_, index) => `acme-away-${index}`);
    const known = await Promise.all(acmeIds.map(knownThere));
    way.setBehaviour({ kind: 'refuse' });
    for (const title of ['first', 'second']) await Promise.all(known.map(({ id }) => edit(id, title)));
    await eventually(() => way.stats.refused > 3, within);

    way.setBehaviour({ kind: 'pass' });

    const titles = () => acmeIds.map((id) => acme.contacts.get(id)?.record.acme_title);
    await eventually(() => titles().every((title) => title === 'second'), within);
  });

  it('a mass delete stops at its count until an operator accepts, and nothing of it is lost', async () => {
    const acmeIds = Array.from({ length: 8 }, (_, index) => `acme-mass-${index}`);
    const known = await Promise.all(acmeIds.map(knownThere));
    const group = 'contact-sync.write-back';
    const deleted = () => acmeIds.filter((id) => acme.contacts.get(id)?.deleted).length;
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

    const resumed = await runOps(system, 'consumers', 'resume', group, '--accept', paused?.fingerprint ?? '');

    expect(resumed).toMatchObject({ code: 0, stdout: `${group} goes on.\n` });
    await eventually(() => deleted() === 8, within);
    expect((await api.listConsumers()).body.items).toMatchObject([{ paused: [] }, { group, paused: [] }]);
  });
});
