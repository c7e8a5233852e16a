import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createRegistry } from './registry.ts';

const unavailable = { code: 'DEPENDENCY_UNAVAILABLE', retryable: true };

/** A server that answers as the test says, in place of a registry that is ill; a healthy one is never played. */
const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const answer =
  (status: number, body: string, contentType = 'application/json'): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'content-type': contentType }).end(body);

const allUnavailable = async (url: string): Promise<void> => {
  const registry = createRegistry({ url, timeoutMs: 200 });
  const lookUps = [registry.schemaOf(1), registry.idOf('topic-value', { type: 'string' })];
  await Promise.all(lookUps.map((lookUp) => expect(lookUp).rejects.toMatchObject(unavailable)));
};

test('a registry that refuses connections is unavailable', async () => {
  const url = await serve(answer(200, '{}'));
  const gone = url.replace(/\d+$/, '1');
  await allUnavailable(gone);
});

test('a registry that never answers is unavailable within its time-outs', async () => {
  const url = await serve(() => undefined);
  const startedAt = performance.now();
  await allUnavailable(url);
  expect(performance.now() - startedAt).toBeLessThan(3_000);
});

test.each([
  ['an error of its own', answer(500, '{"error_code":50001,"message":"Error in the backend data store"}')],
  ['a gateway without it', answer(502, 'Bad Gateway', 'text/plain')],
  ['a refusal of our credentials', answer(401, '{"error_code":401,"message":"Unauthorized"}')],
  ['a 404 of somebody else, in HTML', answer(404, '<html>Not Found</html>', 'text/html')],
  ['a 404 of somebody else, in JSON', answer(404, '{"message":"Not Found"}')],
  ['an answer that is none', answer(200, '{}')],
])('a registry that answers with %s is unavailable, never a verdict on the id', async (_, listener) => {
  const url = await serve(listener);
  await allUnavailable(url);
});

/** A registry that is well, but for one id. */
const wellBut =
  (id: number, listener: RequestListener): RequestListener =>
  (request, response) =>
    (request.url === `/schemas/ids/${id}` ? listener : answer(200, '["AVRO"]'))(request, response);

test.each([
  ['none', answer(200, '{}')],
  ['no JSON', answer(200, 'OK', 'text/plain')],
  ['JSON that is null', answer(200, 'null')],
  ['a schema that is no text', answer(200, '{"schema":{"type":"string"}}')],
  ['a refusal of the id', answer(422, '{"error_code":42202,"message":"The specified id is not valid"}')],
  ['its own 404', answer(404, '{"error_code":40403,"message":"Schema not found"}')],
])('an answer that is %s, of a registry that is well, is a verdict on the id', async (_, listener) => {
  const registry = createRegistry({ url: await serve(wellBut(7, listener)), timeoutMs: 1_000 });
  expect(await registry.schemaOf(7)).toBeUndefined();
});

test('a schema is given as its text, whether it can be read or not', async () => {
  const listener = answer(200, '{"schemaType":"PROTOBUF","schema":"syntax = proto3;"}');
  const registry = createRegistry({ url: await serve(wellBut(7, listener)), timeoutMs: 1_000 });
  expect(await registry.schemaOf(7)).toBe('syntax = proto3;');
});

test('the time-outs of one registry are not those of another', async () => {
  const url = await serve(() => undefined);
  const patient = createRegistry({ url, timeoutMs: 60_000 });
  let isSettled = false;
  void patient
    .schemaOf(1)
    .catch(() => undefined)
    .finally(() => {
      isSettled = true;
    });
  await expect(createRegistry({ url, timeoutMs: 50 }).schemaOf(1)).rejects.toMatchObject(unavailable);
  expect(isSettled).toBe(false);
});
