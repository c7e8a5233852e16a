import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestGateway, type TestGateway } from './fakes/test-gateway.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await createTestGateway();
});

afterAll(() => gateway.close());

const get = (url: string) => gateway.app.inject(url);

describe('GET /docs', () => {
  it('is a page for anybody that loads nothing but what the gateway serves itself', async () => {
    const page = await get('/docs');
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const loaded = [...page.body.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, url = '']) => url);
    expect(loaded.length).toBe(4);
    const types = [];
    for (const url of loaded) {
      const { statusCode, headers, rawPayload } = await get(url);
      expect([statusCode, rawPayload.length > 100]).toEqual([200, true]);
      types.push(headers['content-type']);
    }
    expect(types).toEqual([
      'image/png',
      'text/css; charset=utf-8',
      'text/javascript; charset=utf-8',
      'text/javascript; charset=utf-8',
    ]);
  });

  it('has no script of its own in it, and a policy that forbids any', async () => {
    const { body, headers } = await get('/docs');
    expect(body).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|javascript:/i);
    const policy = String(headers['content-security-policy']).split(';');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('gives no other file', async () => {
    for (const name of ['package.json', 'swagger-ui-bundle.js.map', 'index.html', 'docs-files.ts', '']) {
      expect((await get(`/docs/${name}`)).statusCode).toBe(404);
    }
  });

  it('leaves the error codes where problems point to', async () => {
    const { type } = (await get('/nowhere')).json();
    const [path] = String(type).split('#');
    expect([path, (await get(path ?? '')).statusCode]).toEqual(['/docs/errors', 200]);
  });
});
