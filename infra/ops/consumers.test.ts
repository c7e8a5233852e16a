import { type Client, createClient } from '@contact-sync/client';
import { expect, test } from 'vitest';
import { createProgram } from './program.ts';

const fingerprint = '6d0f2c7c9a4b1e35';
const items = [
  { group: 'contact-sync', paused: [] },
  {
    group: 'contact-sync.write-back',
    paused: [{ fingerprint, why: 'mass-writes', since: '2026-11-28T09:30:00.000Z' }],
  },
];

/** Runs a command against an API that answers the list, and to a resumption as it is told. */
const run = async (resumed: boolean, ...args: readonly string[]) => {
  const asked: unknown[] = [];
  const results: string[] = [];
  let failed = false;
  const api = createClient({
    baseUrl: 'http://gateway',
    credentials: { accessToken: 'token' },
    fetch: async (input, init) => {
      if (init?.method === 'POST')
        asked.push([new URL(String(input)).pathname, JSON.parse(String(init.body))]);
      return new Response(
        JSON.stringify(init?.method === 'POST' ? { accepted: fingerprint, resumed } : { items }),
      );
    },
  }) as Client;
  const program = createProgram({
    becomeService: async () => undefined,
    api: () => api,
    terminal: {
      result: (text) => void results.push(text),
      progress: () => undefined,
      clear: () => undefined,
    },
    pause: async () => undefined,
    signal: new AbortController().signal,
    fail: () => {
      failed = true;
    },
  });
  await program.parseAsync(['consumers', ...args], { from: 'user' });
  return { asked, text: results.join('\n'), failed };
};

test('the list says what each paused group waits for, and what to accept', async () => {
  expect((await run(true)).text.split('\n')).toEqual([
    'GROUP                    STATE                SINCE                     ACCEPT',
    'contact-sync             runs',
    `contact-sync.write-back  paused: mass-writes  2026-11-28T09:30:00.000Z  ${fingerprint}`,
  ]);
});

test('a resumption accepts what the operator names, and fails where the group was not paused for it', async () => {
  const done = await run(true, 'resume', 'contact-sync.write-back', '--accept', fingerprint);
  const vain = await run(false, 'resume', 'contact-sync.write-back', '--accept', fingerprint);

  expect(done).toEqual({
    asked: [['/api/v1/consumers/contact-sync.write-back/resume', { accept: fingerprint }]],
    text: 'contact-sync.write-back goes on.',
    failed: false,
  });
  expect([vain.failed, vain.text]).toEqual([
    true,
    `contact-sync.write-back was not paused for ${fingerprint}.`,
  ]);
});
