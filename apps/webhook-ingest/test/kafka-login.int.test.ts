import { eventually } from '@contact-sync/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliver } from './support/acme.ts';
import { copiesOf } from './support/effects.ts';
import { newContact } from './support/events.ts';
import { type Ingest, launchIngest, startIngest } from './support/ingest.ts';
import { password, secureBroker, user } from './support/secured-broker.ts';
import { type Servers, startServers } from './support/servers.ts';
import { readEvents } from './support/topics.ts';

let servers: Servers;
let login: Record<string, string>;
beforeAll(async () => {
  // A listener with TLS is a change of the broker's file, which a process has and a container has not.
  servers = await startServers(['kafka'], { CONTACT_SYNC_SERVERS: 'processes' });
  const { address, certificate } = await secureBroker(servers);
  login = {
    KAFKA_BROKERS: address,
    KAFKA_TLS: 'true',
    KAFKA_SASL_MECHANISM: 'plain',
    KAFKA_SASL_USERNAME: user,
    KAFKA_SASL_PASSWORD: password,
    NODE_EXTRA_CA_CERTS: certificate,
  };
});
afterAll(() => servers?.stop());

test('events go to a broker that wants TLS and a password', async () => {
  await using ingest = await startIngest(servers, { settings: login });
  const event = newContact();
  expect((await deliver(ingest, event)).status).toBe(202);
  expect(copiesOf(await readEvents(servers)).get(event.id)).toBe(1);
  expect(await ingest.log()).not.toContain(password);
});

/** Alive and not ready, answering 503, after it has tried several times; told once by each of its two producers, with why. */
const assertTryingOn = async (ingest: Ingest, why: RegExp) => {
  const third = async () => (await ingest.log()).match(/"attempt":3/g);
  await eventually(async () => expect(await third()).toHaveLength(2), { timeoutMs: 60_000 });
  const warnings = (await ingest.log()).split('\n').filter((line) => /cannot connect; trying on/.test(line));
  expect(warnings.filter((line) => /"level":"?(warn|40)/.test(line))).toEqual([
    expect.stringMatching(why),
    expect.stringMatching(why),
  ]);
  const verbose = await fetch(`${ingest.opsUrl}/readyz?verbose`);
  expect([verbose.status, await verbose.text()]).toEqual([
    503,
    expect.stringContaining('no connection to Kafka'),
  ]);
  expect((await fetch(`${ingest.opsUrl}/livez`)).status).toBe(200);
  expect(await deliver(ingest, newContact())).toMatchObject({ status: 503, retryAfter: expect.any(Number) });
  expect(await ingest.log()).not.toContain(password);
};

test.each<[string, Record<string, string>, RegExp]>([
  ['the password is wrong', { KAFKA_SASL_PASSWORD: 'canary-wrong' }, /Invalid username or password/],
  [
    'the certificate is of nobody that it trusts',
    { NODE_EXTRA_CA_CERTS: '' },
    /self-signed certificate.*NODE_EXTRA_CA_CERTS/,
  ],
])('the service is not ready, says why and tries on, while %s', async (_, wrong, why) => {
  await using ingest = await launchIngest(servers, { settings: { ...login, ...wrong } });
  await assertTryingOn(ingest, why);
});
