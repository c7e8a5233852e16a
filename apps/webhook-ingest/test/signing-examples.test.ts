import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTestIssuer } from '@contact-sync/access/testing';
import { acmeContact } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../src/app.ts';
import { createFakePorts, secret, testSettings } from './fake-ports.ts';
import { testContext } from './test-context.ts';

const run = promisify(execFile);

/** Go compiles its own HTTP library on a machine that has never done so. */
const compileTimeoutMs = 300_000;

const guide = new URL('../../../docs/signing.md', import.meta.url);

type Example = {
  readonly file: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Gives 0 where the language is on this machine. */
  readonly probe: readonly string[];
};

const examples: Readonly<Record<string, Example>> = {
  sh: {
    file: 'example.sh',
    command: 'sh',
    args: ['example.sh'],
    probe: ['-c', 'curl --version && openssl version'],
  },
  js: { file: 'example.mjs', command: process.execPath, args: ['example.mjs'], probe: ['--version'] },
  python: { file: 'example.py', command: 'python3', args: ['example.py'], probe: ['--version'] },
  go: { file: 'example.go', command: 'go', args: ['run', 'example.go'], probe: ['version'] },
};

// Blanks and letters that another spelling of the same JSON would not have.
const contact = acmeContact(1, { acme_notes: 'Größe “L” 100 % 🎈' });
const body = `{ "id": "evt_signed" , "event":"contact.created","timestamp":"2026-01-01T00:00:00Z","data": ${JSON.stringify(contact)} }\n`;

const exampleIn = (text: string, language: string): string => {
  const [, code] = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(text) ?? [];
  if (code === undefined) throw new Error(`docs/signing.md has no example in ${language}`);
  return code;
};

describe('docs/signing.md', () => {
  const ports = createFakePorts();
  let url = '';
  let folder = '';
  let close = async (): Promise<unknown> => undefined;

  beforeAll(async () => {
    const app = await createApp({ ports, ...createTestIssuer().access() }, testSettings, testContext());
    close = () => app.close();
    url = await app.listen({ host: '127.0.0.1', port: 0 });
    folder = await mkdtemp(join(tmpdir(), 'signing-'));
    await writeFile(join(folder, 'body.json'), body);
  });

  afterAll(async () => {
    await close();
    await rm(folder, { recursive: true, force: true });
  });

  it.for(Object.entries(examples))(
    'has an example in %s that ingest accepts',
    { timeout: compileTimeoutMs },
    async ([language, example], { skip }) => {
      const { file, command, args, probe } = example;
      skip(spawnSync(command, [...probe]).status !== 0, `${language} is not on this machine`);
      ports.window.clear();
      ports.published.length = 0;
      await writeFile(join(folder, file), exampleIn(await readFile(guide, 'utf8'), language));
      const { stdout } = await run(command, [...args], {
        cwd: folder,
        env: { ...process.env, INGEST_URL: url, ACME_SECRET: secret },
      });
      expect(stdout.trim().split('\n')).toEqual(['{"eventId":"evt_signed"}', '202']);
      expect(ports.published.map(({ eventId }) => eventId)).toEqual(['evt_signed']);
    },
  );
});
