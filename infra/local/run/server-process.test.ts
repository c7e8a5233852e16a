import { once } from 'node:events';
import { createServer } from 'node:http';
import { choosePort } from '@contact-sync/testing/ports.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answersOk } from '../servers/http-answer.ts';
import { repeatedOnTakenPort } from '../servers/taken-port.ts';
import { openRun, type Run } from './run.ts';
import { type ServerProcess, startServer } from './server-process.ts';

const SERVE = `
  process.on('SIGTERM', () => setTimeout(() => process.exit(0), Number(process.argv[2] ?? 0)));
  require('node:http').createServer((_request, response) => response.end()).listen(Number(process.argv[1]), '127.0.0.1');
`;

let run: Run;
let notices: string[];

beforeEach(async () => {
  notices = [];
  run = await openRun((text) => notices.push(text));
});
afterEach(() => run.close());

function serve(port: number, stopMs = 0, script = SERVE): Promise<ServerProcess> {
  return startServer(run, {
    name: 'example',
    port,
    command: process.execPath,
    parameters: ['-e', script, String(port), String(stopMs)],
    readyWithinMs: 10_000,
    ready: () => answersOk(`http://127.0.0.1:${port}`),
  });
}

test('is ready when it answers, and again on the same port after kill -9 and restart', async () => {
  const server = await serve(await choosePort());
  const first = server.pid;
  await server.kill('SIGKILL');
  await expect(answersOk(`http://127.0.0.1:${server.port}`)).rejects.toThrow();
  await server.restart();
  await answersOk(`http://127.0.0.1:${server.port}`);
  expect(server.pid).not.toBe(first);
  expect(notices).toEqual([]);
});

test('restarts a server that SIGSTOP holds', async () => {
  const server = await serve(await choosePort());
  await server.kill('SIGSTOP');
  await server.restart();
  await answersOk(`http://127.0.0.1:${server.port}`);
});

test('kills a server that does not end within its grace', async () => {
  const server = await serve(await choosePort(), 60_000);
  await server.stop(50);
  await expect(answersOk(`http://127.0.0.1:${server.port}`)).rejects.toThrow();
});

test('shows the end of the log of a server that dies while starting', async () => {
  const dying = serve(await choosePort(), 0, `console.error('the disk is full'); process.exit(3)`);
  await expect(dying).rejects.toThrow(/example ended while starting \(exit code 3\).*\n {2}the disk is full/);
});

test('says what cannot be executed', async () => {
  const missing = startServer(run, {
    name: 'example',
    port: 1,
    command: '/nowhere/server',
    parameters: [],
    readyWithinMs: 1_000,
    ready: () => Promise.reject(new Error('down')),
  });
  await expect(missing).rejects.toThrow('example could not be started: spawn /nowhere/server ENOENT');
});

test('takes another port when somebody was faster', async () => {
  const taken = await choosePort();
  const rival = createServer((_request, response) => response.writeHead(503).end()).listen(
    taken,
    '127.0.0.1',
  );
  await once(rival, 'listening');
  const ports = [taken, await choosePort()];
  const server = await repeatedOnTakenPort(undefined, () => serve(ports.shift() ?? 0));
  expect(server.port).not.toBe(taken);
  rival.close();
});

test('tells of a server that ends although nobody asked', async () => {
  const server = await serve(await choosePort());
  process.kill(server.pid, 'SIGKILL');
  await expect.poll(() => notices).toEqual([expect.stringContaining('example ended by itself (SIGKILL)')]);
});
