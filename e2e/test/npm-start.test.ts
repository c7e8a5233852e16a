import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createClient } from '@contact-sync/client';
import { canRunOwnServers } from '@contact-sync/launcher/test/own-servers.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StartCommand, startCommand } from '../src/start-command.ts';

/** The lines to copy, as they stand on the terminal. */
const linesToCopy = (output: string): string => output.slice(output.indexOf('# Log in'));

const inShell = async (lines: string): Promise<string> =>
  (await promisify(execFile)('sh', ['-e', '-c', lines])).stdout;

/** What the lines show, one after the other. */
const paste = async (output: string): Promise<string[]> =>
  (await inShell(linesToCopy(output))).split(/\r?\n/);

/** A client by what is printed: the address and the credentials of the log-in line. */
const clientOf = (output: string) => {
  const [, baseUrl = '', admin = ''] = /(\S+)\/api\/v1\/auth\/login .* -d '(\{.*?\})'/.exec(output) ?? [];
  return createClient({ baseUrl, credentials: JSON.parse(admin) as { email: string; password: string } });
};

describe('npm start', () => {
  it.each([[['--keep']], [['--kepe', 'data']], [['data']]])(
    'says without a stack how it is called, and starts nothing, for %j',
    async (parameters) => {
      const { exitCode, errors } = await startCommand(...parameters).ended;
      expect([exitCode, errors]).toEqual([1, expect.stringContaining('npm start [-- --keep FOLDER]')]);
      expect(errors).not.toMatch(/^\s+at |Starting/m);
    },
  );
});

// A machine with Docker alone has neither Maven nor what it once fetched.
describe.skipIf(!canRunOwnServers)('npm start -- --keep', () => {
  let folder: string;
  let first: StartCommand;
  let output: string;
  let id: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contact-sync-keep-'));
    first = startCommand('--keep', folder);
    output = await first.running;
  });
  afterAll(async () => {
    await first.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('prints where the API reference is, and lines that make contacts on both sides, send a webhook and edit what came of it', async () => {
    expect(output).toMatch(/API reference +(http:\S+)\/docs, \1\/openapi\.json/);
    const shown = await paste(output);
    const [list, receipt, contact] = shown.slice(0, 3).map((line) => JSON.parse(line));
    expect(list).toMatchObject({ items: [{}, {}, {}] });
    expect(receipt).toEqual({ eventId: expect.stringMatching(/^evt_try_\d+$/) });
    expect(contact).toMatchObject({ firstName: 'Ada', title: null, source: 'acmecrm', version: 1 });
    id = contact.id;
    expect(shown.filter((line) => /^(HTTP|etag)/.test(line))).toEqual([
      'HTTP/1.1 200 OK',
      'etag: "1"',
      'HTTP/1.1 200 OK',
      'etag: "2"',
    ]);
    const [edited, there, made] = shown.filter((line) => line.includes('"')).slice(-3);
    expect(JSON.parse(edited ?? '')).toMatchObject({ id, title: 'Countess of Lovelace', version: 2 });
    expect(JSON.parse(there ?? '')).toMatchObject({
      id: contact.sourceId,
      acme_title: 'Countess of Lovelace',
      acme_version: 2,
    });
    expect(made).toMatch(/"acme_first_name":"Grace".*"acme_external_id":"[0-9a-f-]{36}"/);
  });

  it('leaves no letter of what was made and edited', async () => {
    const { items } = (await clientOf(output).listDeadLetters({ query: { contactId: id } })).body;
    expect(items).toEqual([]);
  });

  it('leaves the data to the run that has them, and says so', async () => {
    const { exitCode, errors } = await startCommand('--keep', folder).ended;
    expect([exitCode, errors]).toEqual([1, expect.stringContaining(`${folder} is in use by another run`)]);
    expect(errors).not.toMatch(/^\s+at /m);
  });

  it('has the contacts of the first start at the second, and takes events on', async () => {
    const before = clientOf(output);
    const { body: contact } = await before.getContact({ params: { id } });
    const { sourceVersion } = (await before.getAcmeRecord({ params: { id } })).body;
    expect((await first.stop()).exitCode).toBe(0);

    await using second = startCommand('--keep', folder);
    const again = await second.running;
    const api = clientOf(again);
    expect((await api.getContact({ params: { id } })).body).toEqual(contact);
    expect((await api.getHistory({ params: { id } })).body.items).toHaveLength(2);
    expect((await api.getAcmeRecord({ params: { id } })).body).toMatchObject({ sourceVersion });
    const { id: other } = JSON.parse((await paste(again))[2] ?? '');
    expect(other).not.toBe(id);
    expect((await api.getHistory({ params: { id: other } })).body.items).toHaveLength(2);
  });
});
