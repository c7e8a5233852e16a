import { describe, expect, it } from 'vitest';
import { createClient } from '../src/create-client.ts';
import { editContact } from '../src/edit-contact.ts';
import { type Reply, type Seen, startApiServer } from './api-server.ts';

const id = '7f6b1c1e-50a4-5c7b-9a55-0a3f1d2c4b6e';
const stale: Reply = { status: 412, body: { code: 'PRECONDITION_FAILED' } };

/** Holds one contact, of which others make a new version just before each of the first `faster` patches. */
const startContact = async (faster: number) => {
  const held = { title: 'Miss', version: 1 };
  let others = faster;
  const answer = ({ method, headers, body }: Seen): Reply => {
    if (method === 'PATCH') {
      if (others > 0) {
        others -= 1;
        held.version += 1;
        held.title = `Countess ${held.version}`;
      }
      if (headers['if-match'] !== `"${held.version}"`) return stale;
      Object.assign(held, JSON.parse(body));
      held.version += 1;
    }
    return { status: 200, headers: { etag: `"${held.version}"` }, body: { id, ...held } };
  };
  const server = await startApiServer(answer);
  const api = createClient({ baseUrl: server.url, credentials: { accessToken: 't' } });
  return { api, server, held, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
};

const addLovelace = ({ title }: { title: string | null }) => ({ title: `${title} of Lovelace` });

describe('editing a contact', () => {
  it('sends the change for the version that it is made of', async () => {
    await using setup = await startContact(0);
    expect(await editContact(setup.api, id, addLovelace)).toMatchObject({ title: 'Miss of Lovelace' });
    expect(setup.server.seen.map(({ method }) => method)).toEqual(['GET', 'PATCH']);
  });

  it('makes the change anew of what somebody else wrote meanwhile, read past every cache', async () => {
    await using setup = await startContact(2);
    expect(await editContact(setup.api, id, addLovelace)).toMatchObject({ title: 'Countess 3 of Lovelace' });
    const reads = setup.server.seen.filter(({ method }) => method === 'GET');
    expect(reads.map(({ headers }) => headers['cache-control'])).toEqual([undefined, 'no-cache', 'no-cache']);
    const keys = setup.server.seen.flatMap(({ headers }) => headers['idempotency-key'] ?? []);
    expect(new Set(keys).size).toBe(3);
  });

  it('gives up when somebody is faster at every attempt, and has changed nothing', async () => {
    await using setup = await startContact(100);
    const edit = editContact(setup.api, id, addLovelace, { attempts: 3 });
    await expect(edit).rejects.toMatchObject({ status: 412, code: 'PRECONDITION_FAILED' });
    expect(setup.server.seen).toHaveLength(6);
    expect(setup.held.title).toBe('Countess 4');
  });

  it('sends nothing where there is nothing to change', async () => {
    await using setup = await startContact(0);
    expect(await editContact(setup.api, id, () => undefined)).toMatchObject({ title: 'Miss' });
    expect(setup.server.seen.map(({ method }) => method)).toEqual(['GET']);
  });

  it('throws every other problem at once', async () => {
    await using server = await startApiServer(() => ({ status: 404, body: { code: 'CONTACT_NOT_FOUND' } }));
    const api = createClient({ baseUrl: server.url, credentials: { accessToken: 't' } });
    await expect(editContact(api, id, addLovelace)).rejects.toMatchObject({ code: 'CONTACT_NOT_FOUND' });
    expect(server.seen).toHaveLength(1);
  });
});
