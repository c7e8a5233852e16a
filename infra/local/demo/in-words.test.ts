import { createClient } from '@contact-sync/client';
import { expect, test } from 'vitest';
import { inWords } from './in-words.ts';

const asking = (fetch: typeof globalThis.fetch) =>
  inWords(() => createClient({ baseUrl: 'http://gateway.example', fetch, retry: { attempts: 1 } }).health());

test('says what the API answered, or that it did not', async () => {
  const busy = { code: 'OVERLOADED', detail: 'Too much at once.' };
  await expect(asking(async () => Response.json(busy, { status: 503 }))).rejects.toMatchObject({
    name: 'LaunchError',
    message: expect.stringContaining('503 OVERLOADED: Too much at once.'),
  });
  await expect(asking(() => Promise.reject(new TypeError('fetch failed')))).rejects.toMatchObject({
    name: 'LaunchError',
    message: expect.stringContaining('GET /health got no answer: fetch failed'),
  });
});

test('leaves a fault of our own as it is, with its stack', async () => {
  const fault = new RangeError('ours');
  await expect(inWords(() => Promise.reject(fault))).rejects.toBe(fault);
});
