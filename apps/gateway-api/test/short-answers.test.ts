import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestGateway, type TestGateway } from './fakes/test-gateway.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await createTestGateway();
});

afterAll(() => gateway.close());

const ask = (body: string, length = body.length) => {
  gateway.upstreams.contact.answer = (_, response) => {
    response.writeHead(200, { 'content-type': 'text/plain', 'content-length': length });
    if (length === body.length) response.end(body);
    else response.write(body, () => response.destroy());
  };
  return gateway.app.inject({ url: '/api/v1/contacts/7', headers: gateway.bearer });
};

describe('an answer of a declared length', () => {
  it.each([1, 16_383, 16_384, 16_385, 200_000])('of %i bytes is passed on as it came', async (bytes) => {
    const body = 'x'.repeat(bytes);
    const answer = await ask(body);
    expect([answer.statusCode, answer.headers['content-length'], answer.body === body]).toEqual([
      200,
      String(bytes),
      true,
    ]);
  });

  it('that is short and breaks off is 503, and nothing of it is passed on', async () => {
    const answer = await ask('half', 8);
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'DEPENDENCY_UNAVAILABLE']);
    expect(answer.body).not.toContain('half');
  });
});
