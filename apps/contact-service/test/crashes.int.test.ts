import { contactIdOfAcme } from '@contact-sync/domain';
import { eventually, redisServerExecutable, uniquePrefix } from '@contact-sync/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deleted, updated } from './event-builder.ts';
import { guardedWriteSha } from './support/script-sha.ts';
import { type Answer, person, type Service } from './support/service.ts';
import { type System, startSystem } from './support/system.ts';

const keyed = (key: string, headers: Readonly<Record<string, string>> = {}) => ({
  'idempotency-key': key,
  ...headers,
});

describe.skipIf(redisServerExecutable() === undefined)('an answer that is lost', () => {
  let system: System;
  let service: Service;
  beforeAll(async () => {
    system = await startSystem();
    service = await system.start();
  });
  afterAll(() => system?.[Symbol.asyncDispose]());
  afterEach(() => system.proxy.setBehaviour({ kind: 'pass' }));

  /** One history entry, one outgoing event and one version for each change that was asked for. */
  const tookEffect = async (id: string, changes: number) => {
    const [snapshot] = await system.store.load([id]);
    const history = await system.store.history(id, { limit: 100 });
    expect(snapshot?.contact).toMatchObject({ version: changes });
    expect(history.map(({ sequence, version }) => [sequence, version])).toEqual(
      Array.from({ length: changes }, (_, index) => [changes - index, changes - index]),
    );
    expect(new Set(history.map(({ outgoingEventId }) => outgoingEventId)).size).toBe(changes);
  };

  /** Repeats until there is an answer, as a client does. */
  const repeat = (ask: (copy: Service) => Promise<Answer>): Promise<Answer> =>
    eventually(async () => {
      const answer = await ask(service);
      expect(answer.status, answer.text).not.toBe(503);
      return answer;
    });

  /** Asks a copy that dies between the script and the answer. */
  const dieAnswering = async (ask: (dying: Service) => Promise<Answer>): Promise<void> => {
    const dying = await system.start({ faults: ['die-before-answer'] });
    const answer = await ask(dying);
    expect(answer.status, answer.text).toBe(0);
    expect(await dying.endedBy()).toBe('SIGKILL');
  };

  /** Asks while the reply to the next script that writes a contact is cut off. */
  const loseReply = async (ask: (cut: Service) => Promise<Answer>): Promise<void> => {
    system.proxy.setBehaviour({ kind: 'cut-before-reply', to: guardedWriteSha });
    const answer = await ask(service);
    system.proxy.setBehaviour({ kind: 'pass' });
    expect(answer).toMatchObject({ status: 503, body: { code: 'DEPENDENCY_UNAVAILABLE' } });
    expect(answer.headers).toHaveProperty('retry-after');
    await service.ready();
  };

  describe.each([
    ['by a SIGKILL of the service between the script and the answer', dieAnswering],
    ['with the connection to Redis after the script has run', loseReply],
  ])('%s', (_, lose) => {
    it('POST with a key: the repeat is answered 201, twice the same, and there is one contact', async () => {
      const ask = { body: person, headers: keyed(uniquePrefix()) };
      const before = await system.outboxSize();
      await lose((copy) => copy.request('POST', '', ask));
      expect(await system.outboxSize()).toBe(before + 1);
      const post = (copy: Service) => copy.request('POST', '', ask);
      const [first, second] = [await repeat(post), await repeat(post)];
      expect(first.status).toBe(201);
      expect([second.status, second.text, second.headers['location'], second.headers['etag']]).toEqual([
        first.status,
        first.text,
        first.headers['location'],
        first.headers['etag'],
      ]);
      await tookEffect(String(first.body?.['id']), 1);
      expect(await system.outboxSize()).toBe(before + 1);
    });

    it.each([
      ['PATCH', { title: 'Countess' }, 200],
      ['PUT', { ...person, title: 'Countess' }, 200],
      ['DELETE', undefined, 204],
    ])(
      '%s with a key: the repeat is answered as if it were the first, though If-Match is stale by then',
      async (method, body, status) => {
        const id = await service.create();
        const before = await system.outboxSize();
        const ask = { body, headers: keyed(uniquePrefix(), { 'if-match': '"1"' }) };
        await lose((copy) => copy.request(method, `/${id}`, ask));
        await tookEffect(id, 2);
        const change = (copy: Service) => copy.request(method, `/${id}`, ask);
        const [first, second] = [await repeat(change), await repeat(change)];
        expect([first.status, first.headers['etag']]).toEqual([status, '"2"']);
        expect([second.status, second.text]).toEqual([first.status, first.text]);
        await tookEffect(id, 2);
        expect(await system.outboxSize()).toBe(before + 1);
      },
    );

    it('PATCH without a key: the repeat is told by If-Match that the contact has changed', async () => {
      const id = await service.create();
      const ask = { body: { title: 'Countess' }, headers: { 'if-match': '"1"' } };
      await lose((copy) => copy.request('PATCH', `/${id}`, ask));
      expect((await repeat((copy) => copy.request('PATCH', `/${id}`, ask))).status).toBe(412);
      await tookEffect(id, 2);
    });

    it('a batch of events: the repeat gives the fates and versions of the first time, and nothing is doubled', async () => {
      const [one, two] = [uniquePrefix(), uniquePrefix()];
      const batch = [
        updated({ id: one, acme_version: 2 }),
        updated({ id: two, acme_version: 1 }),
        updated({ id: one, acme_version: 1 }),
        updated({ id: one, acme_version: 3, acme_title: 'Countess' }),
        deleted({ id: two, acme_version: 1 }),
      ];
      await lose((copy) => copy.apply(...batch));
      const apply = (copy: Service) => copy.apply(...batch);
      const [first, second] = [await repeat(apply), await repeat(apply)];
      expect(first.status).toBe(200);
      expect(first.body?.['results']).toMatchObject([
        { fate: 'applied', version: 1 },
        { fate: 'applied', version: 1 },
        { fate: 'superseded' },
        { fate: 'applied', version: 2 },
        { fate: 'applied', version: 2 },
      ]);
      expect(second.text).toBe(first.text);
      await tookEffect(contactIdOfAcme(one), 2);
      await tookEffect(contactIdOfAcme(two), 2);
    });
  });

  it('scripts that the server forgot are not visible to any caller', async () => {
    // It is killed below, and has to have what it answered.
    await system.redis.use((client) => client.config('SET', 'appendfsync', 'always'));
    const id = await service.create();
    await system.redis.use((client) => client.script('FLUSH'));
    const patch = (version: number) => service.retitle(id, `T${version}`, `"${version}"`);
    expect((await patch(1)).status).toBe(200);

    await system.server.kill('SIGKILL');
    await eventually(async () => expect((await fetch(`${service.opsUrl}/readyz`)).status).toBe(503));
    await system.server.start();
    await service.ready();
    expect((await patch(2)).status).toBe(200);
    await tookEffect(id, 3);
    const event = updated({ id: uniquePrefix(), acme_version: 1 });
    await system.redis.use((client) => client.script('FLUSH'));
    expect((await service.apply(event)).body?.['results']).toMatchObject([{ fate: 'applied' }]);
  });
});
