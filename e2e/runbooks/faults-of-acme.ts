import { type Client, editContact } from '@contact-sync/client';
import { contactIdOfAcme } from '@contact-sync/domain';
import { acmeContact, acmeEvent, eventually } from '@contact-sync/testing';
import { postWebhook } from '../src/acme.ts';
import { crmOf } from '../src/acme-crm.ts';
import { withRedis } from '../src/redis-keys.ts';
import type { Fault, World } from './world.ts';

const DAY_MS = 86_400_000;
const patience = { timeoutMs: 60_000 };

const send = (world: World, secret: string, version: number, acmeId: string) => {
  const body = JSON.stringify(acmeEvent(acmeContact(1, { id: acmeId, acme_version: version })));
  return postWebhook(world.system.ingestUrl, { secret, body });
};

const wrongSecret: Fault = {
  name: 'AcmeCRM signs with a secret that nobody gave us',
  runbooks: ['unsigned-deliveries'],
  plant: async (world) => {
    for (let count = 1; count <= 5; count += 1) await send(world, 'another secret', 1, 'acme-unsigned');
    return { heal: async () => undefined };
  },
};

const lostWebhook: Fault = {
  name: 'a webhook of the day before yesterday never came',
  runbooks: ['webhooks-lost'],
  plant: async (world) => {
    const { acmeSecret, redisUrl } = world.system;
    const params = { id: contactIdOfAcme('acme-gap') };
    await send(world, acmeSecret, 1, 'acme-gap');
    await eventually(() => world.api.getContact({ params }), patience);
    await send(world, acmeSecret, 3, 'acme-gap');
    await withRedis(redisUrl, (redis) =>
      redis.use(async (client) => {
        const key = 'integration:{0}:gaps';
        const [gap] = await eventually(async () => {
          const found = await client.zrange(key, '0', '-1');
          return found.length > 0 ? found : Promise.reject(new Error('no gap yet'));
        }, patience);
        await client.zadd(key, String(Date.now() - 2 * DAY_MS), gap ?? '');
      }),
    );
    return { heal: async () => void (await send(world, acmeSecret, 2, 'acme-gap')) };
  },
};

type Conduct = Parameters<Client['setAcmeConduct']>[0]['body']['conduct'];

const behave = ({ api }: World, conduct: Conduct) => api.setAcmeConduct({ body: { conduct, seconds: 600 } });

/** A contact that was made here, once it is there too. */
const known = async ({ api, system }: World, email: string): Promise<string> => {
  const body = { firstName: 'Ada', lastName: 'Lovelace', email };
  const { id } = (await api.createContact({ body })).body;
  await eventually(
    async () =>
      (await crmOf(system).list()).some(({ acme_external_id }) => acme_external_id === id) ||
      Promise.reject(new Error('it is not there yet')),
    patience,
  );
  return id;
};

const acmeAway: Fault = {
  name: 'AcmeCRM is away',
  runbooks: ['write-back-stopped', 'sweep-overdue'],
  plant: async (world) => {
    const id = await known(world, 'away@example.com');
    await behave(world, { fails: [{ as: 'unavailable', forSeconds: 60, everySeconds: 60 }] });
    await editContact(world.api, id, () => ({ title: 'Countess' }));
    return { heal: async () => void (await behave(world, {})) };
  },
};

/** Deletes within ten minutes after which the writer waits. */
export const BRAKE_COUNT = 5;

const massDelete: Fault = {
  name: 'more contacts are deleted than anybody means to',
  runbooks: ['write-back-braked'],
  plant: async (world) => {
    const { api } = world;
    const emails = Array.from({ length: BRAKE_COUNT + 2 }, (_, index) => `mass-${index}@example.com`);
    const ids = await Promise.all(emails.map((email) => known(world, email)));
    for (const id of ids) {
      const params = { id };
      await api.deleteContact({ params, ifMatch: (await api.getContact({ params })).etag ?? '' });
    }
    const FINGERPRINT = await eventually(async () => {
      const { items } = (await api.listConsumers()).body;
      const paused = items.flatMap((item) => item.paused).find(({ why }) => why === 'mass-writes');
      return paused?.fingerprint ?? Promise.reject(new Error('it does not brake yet'));
    }, patience);
    return { environment: { 'write-back-braked': { FINGERPRINT } }, heal: async () => undefined };
  },
};

/** More writes of one contact than the loop breaker lets through. */
const LOOPS = 10;

const frozenLoop: Fault = {
  name: 'a contact is written again and again',
  runbooks: ['write-back-frozen'],
  plant: async (world) => {
    const { api, system } = world;
    const id = await known(world, 'loop@example.com');
    const titleThere = async () =>
      (await crmOf(system).list()).find(({ acme_external_id }) => acme_external_id === id)?.['acme_title'];
    const frozen = async () =>
      (await api.listConflicts({ query: {} })).body.items.find(
        ({ contactId, cause }) => contactId === id && cause === 'frozen',
      );
    const turn = async (title: string) => {
      await editContact(api, id, () => ({ title }));
      const isOver = async () => (await titleThere()) === title || (await frozen()) !== undefined;
      await eventually(async () => (await isOver()) || Promise.reject(new Error('not yet')), patience);
    };
    for (let count = 1; count <= LOOPS && (await frozen()) === undefined; count += 1)
      await turn(`title ${count}`);
    const CONFLICT = (await frozen())?.id ?? '';
    return { environment: { 'write-back-frozen': { CONFLICT } }, heal: async () => undefined };
  },
};

/** What AcmeCRM does, or what would be done to it. */
export const faultsOfAcme: readonly Fault[] = [wrongSecret, lostWebhook, acmeAway, massDelete, frozenLoop];
