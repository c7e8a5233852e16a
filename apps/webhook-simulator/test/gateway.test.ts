import { describe, expect, it } from 'vitest';
import { createGatewayEditor, createGatewayFates, createGatewayReader } from '../src/adapters/gateway.ts';
import { type PeerAnswer, type PeerRequest, startPeer } from './peer-server.ts';

const id = '0b6a2f4e-3c0a-5f43-9f43-2f6f5c4a1d00';
const TOKENS = '/oauth2/token';

/** A gateway that gives tokens `token-1`, `token-2`, … and answers the rest as `answer` says. */
const startReader = async (answer: (request: PeerRequest) => PeerAnswer | 'hang up') => {
  let granted = 0;
  const peer = await startPeer((request) => {
    if (request.url !== TOKENS) return answer(request);
    granted += 1;
    const grant = { access_token: `token-${granted}`, token_type: 'Bearer', expires_in: 600 };
    return { status: 200, body: grant };
  });
  const credentials = {
    clientId: 'webhook-simulator',
    clientSecret: 's',
    scopes: ['contacts:read'],
  } as const;
  const options = { gatewayUrl: peer.url, credentials };
  const reader = createGatewayReader(options);
  const editor = createGatewayEditor(options);
  const fates = createGatewayFates(options);
  const asked = () => peer.requests.filter(({ url }) => url !== TOKENS);
  return { reader, editor, fates, requests: peer.requests, asked, [Symbol.asyncDispose]: peer.close };
};

const acmeOf = (record: object) => ({
  sourceId: 'acme_1',
  sourceVersion: 3,
  deleted: false,
  takenAt: '2026-11-24T09:30:01.000Z',
  record: { id: 'acme_1', ...record },
});

const entry = (sequence: number) => ({
  sequence,
  at: '2026-11-24T09:30:00.000Z',
  by: 'acmecrm',
  sourceVersion: sequence,
  changes: [],
});

describe('the gateway reader', () => {
  it('asks as a machine that may read contacts alone, and past every cache', async () => {
    await using setup = await startReader(() => ({ status: 200, body: acmeOf({}) }));
    expect(await setup.reader.acme(id)).toMatchObject({ sourceVersion: 3, record: { id: 'acme_1' } });
    const [grant, read] = setup.requests;
    expect(Object.fromEntries(new URLSearchParams(grant?.body))).toMatchObject({
      client_id: 'webhook-simulator',
      audience: 'integration-api',
      scope: 'contacts:read',
    });
    expect(read).toMatchObject({ url: `/api/v1/contacts/${id}/acme` });
    expect(read?.headers).toMatchObject({
      authorization: 'Bearer token-1',
      'cache-control': 'no-cache',
    });
  });

  it('sees the digits of a number that no double holds, so that a rounded one cannot pass', async () => {
    const digits = '12345678901234567890';
    const record = { acme_big: JSON.rawJSON(digits) };
    await using setup = await startReader(() => ({ status: 200, body: acmeOf(record) }));
    expect(JSON.stringify((await setup.reader.acme(id))?.record)).toContain(`"acme_big":${digits}}`);
  });

  it('reads a history to its last page', async () => {
    await using setup = await startReader(({ url }) => {
      const last = url.includes('cursor=next%2F2');
      return {
        status: 200,
        body: last ? { items: [entry(1)] } : { items: [entry(2)], nextCursor: 'next/2' },
      };
    });
    const lines = await setup.reader.history(id);
    expect(lines?.map(({ sequence }) => sequence)).toEqual([2, 1]);
    expect(setup.asked()).toHaveLength(2);
  });

  it('knows which contacts are frozen by the inbox, to its last page', async () => {
    const conflict = (contactId: string, cause: string) => ({
      id: `1-${contactId}`,
      contactId,
      at: '2026-11-24T09:30:00.000Z',
      cause,
      fields: [],
    });
    const other = id.replace('0b', '1b');
    await using setup = await startReader(({ url }) => ({
      status: 200,
      body: url.includes('cursor=2')
        ? { items: [conflict(id, 'frozen')] }
        : { items: [conflict(other, 'not-taken')], nextCursor: '2' },
    }));
    expect(await setup.reader.frozen()).toEqual(new Set([id]));
  });

  it('answers null for what is not there', async () => {
    await using setup = await startReader(() => ({ status: 404 }));
    const { reader } = setup;
    expect(await Promise.all([reader.acme(id), reader.contact(id), reader.history(id)])).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('asks once more with a new token after a 401', async () => {
    await using setup = await startReader(({ headers }) => ({
      status: headers.authorization === 'Bearer token-1' ? 401 : 404,
    }));
    expect(await setup.reader.contact(id)).toBeNull();
    expect(setup.asked().map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  it('rejects as retryable, with how long to wait, while the gateway cannot answer', async () => {
    await using setup = await startReader(() => ({ status: 503, headers: { 'retry-after': '3' } }));
    await expect(setup.reader.acme(id)).rejects.toMatchObject({
      code: 'DEPENDENCY_UNAVAILABLE',
      retryable: true,
      retryAfterMs: 3_000,
    });
    expect(setup.asked()).toHaveLength(1);
    await using refusing = await startReader(() => ({ status: 401 }));
    await expect(refusing.reader.acme(id)).rejects.toMatchObject({ retryable: true });
    await using broken = await startReader(() => 'hang up');
    await expect(broken.reader.acme(id)).rejects.toMatchObject({
      code: 'DEPENDENCY_UNAVAILABLE',
      retryable: true,
    });
  });

  it('does not insist where it may not read', async () => {
    await using setup = await startReader(() => ({ status: 403 }));
    await expect(setup.reader.acme(id)).rejects.toMatchObject({ retryable: false });
  });

  it('does not take an answer in another form for a contact or a history', async () => {
    await using setup = await startReader(() => ({
      status: 200,
      body: { id, items: [{ sequence: 'one' }] },
    }));
    const broken = { code: 'INTERNAL', retryable: false };
    await expect(setup.reader.contact(id)).rejects.toMatchObject(broken);
    await expect(setup.reader.acme(id)).rejects.toMatchObject(broken);
    await expect(setup.reader.history(id)).rejects.toMatchObject(broken);
  });
});

describe('the gateway editor', () => {
  const edit = { at: 0, contactId: id, field: 'company', value: 'Ours' } as const;

  it('edits what it read, for the version that it read', async () => {
    await using setup = await startReader(({ method }) => ({
      status: 200,
      body: { id, company: method === 'GET' ? null : 'Ours' },
      headers: { etag: '"3"' },
    }));
    expect(await setup.editor.edit(edit)).toBe('made');
    const [, patch] = setup.asked();
    expect([patch?.method, patch?.headers['if-match'], patch?.body]).toEqual([
      'PATCH',
      '"3"',
      '{"company":"Ours"}',
    ]);
  });

  it('sends nothing where an attempt without an answer has made the edit already', async () => {
    await using setup = await startReader(() => ({
      status: 200,
      body: { id, company: 'Ours' },
      headers: { etag: '"4"' },
    }));
    expect(await setup.editor.edit(edit)).toBe('made');
    expect(setup.asked()).toHaveLength(1);
  });

  it('says that a contact is not there', async () => {
    await using setup = await startReader(() => ({ status: 404 }));
    expect(await setup.editor.edit(edit)).toBe('absent');
  });
});

describe('the fates that the gateway tells', () => {
  it('are the first ones of each content, and null while one is under way', async () => {
    const contents = [{ fate: 'applied' }, {}];
    await using setup = await startReader(() => ({
      status: 200,
      body: { results: [{ eventId: 'evt_1', contents }] },
    }));
    expect(await setup.fates.lookUp(['evt_1'])).toEqual(new Map([['evt_1', ['applied', null]]]));
  });

  it('are undefined where there is no such route', async () => {
    await using setup = await startReader(() => ({ status: 404 }));
    expect(await setup.fates.lookUp(['evt_1'])).toBeUndefined();
  });
});
