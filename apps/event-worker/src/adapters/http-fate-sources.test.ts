import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttpClient } from '@contact-sync/service-kit';
import { afterEach, expect, it, test } from 'vitest';
import { createHttpReceiptReader } from './http-receipt-reader.ts';
import { createHttpSourceHistory } from './http-source-history.ts';
import type { Peer } from './internal-caller.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

const peerThatAnswers = async (status: number, body: unknown) => {
  const seen: { url: string | undefined; authorization: string | undefined }[] = [];
  const forgotten: string[] = [];
  const server = createServer((request, response) => {
    seen.push({ url: request.url, authorization: request.headers.authorization });
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const http = createHttpClient({ peer: 'peer', baseUrl: `http://127.0.0.1:${port}` });
  cleanUps.push(http.close, () => server.close());
  const tokens = {
    getToken: async () => 'machine-token',
    invalidate: (token: string) => void forgotten.push(token),
  };
  const peer: Peer = { name: 'peer', http, tokens };
  return { peer, seen, forgotten };
};

const unavailable = { code: 'DEPENDENCY_UNAVAILABLE', retryable: true };
const contactId = '7f6b1c1e-50a4-5c7b-9a55-0a3f1d2c4b6e';

it('asks ingest for many receipts at once, and gives them in the order of the ids', async () => {
  const results = [
    { eventId: 'b', contents: [] },
    { eventId: 'a', contents: [] },
  ];
  const { peer, seen } = await peerThatAnswers(200, { results });
  const receipts = await createHttpReceiptReader(peer).receipts(['a', 'unknown', 'b']);
  expect(receipts.map(({ eventId }) => eventId)).toEqual(['a', 'unknown', 'b']);
  expect(seen).toEqual([{ url: '/internal/events/lookup', authorization: 'Bearer machine-token' }]);
});

it('asks contact-service for what a contact has kept', async () => {
  const kept = { sourceVersion: 7, isComplete: true, events: [] };
  const { peer, seen } = await peerThatAnswers(200, kept);
  expect(await createHttpSourceHistory(peer).sourceEvents(contactId)).toEqual(kept);
  expect(seen[0]?.url).toBe(`/internal/contacts/${contactId}/source-events`);
});

it('takes a contact that nobody knows for an answer, and a route that nobody knows for none', async () => {
  const unknown = await peerThatAnswers(404, { code: 'CONTACT_NOT_FOUND' });
  expect(await createHttpSourceHistory(unknown.peer).sourceEvents(contactId)).toBeUndefined();
  const older = await peerThatAnswers(404, { code: 'NOT_FOUND' });
  await expect(createHttpSourceHistory(older.peer).sourceEvents(contactId)).rejects.toMatchObject(
    unavailable,
  );
});

test.each<[string, number, unknown]>([
  ['a fault', 500, {}],
  ['a refusal of our call', 403, {}],
  ['something else than its contract says', 200, { results: 'many' }],
])('%s is retryable, not an event that nobody knows', async (_, status, body) => {
  const { peer } = await peerThatAnswers(status, body);
  await expect(createHttpReceiptReader(peer).receipts(['a'])).rejects.toMatchObject(unavailable);
  await expect(createHttpSourceHistory(peer).sourceEvents(contactId)).rejects.toMatchObject(unavailable);
});

it('gets a new token after a 401', async () => {
  const { peer, forgotten } = await peerThatAnswers(401, {});
  await expect(createHttpReceiptReader(peer).receipts(['a'])).rejects.toMatchObject(unavailable);
  expect(forgotten).toEqual(['machine-token']);
});
