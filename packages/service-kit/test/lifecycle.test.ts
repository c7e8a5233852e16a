import { connect, type Socket } from 'node:net';
import { eventually, runMain } from '@contact-sync/testing';
import { Pool } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';

const start = async (settings: Readonly<Record<string, string>> = {}) => {
  const service = await runMain(new URL('./stand-in/', import.meta.url), settings);
  await service.ready();
  const pool = new Pool(service.url, { connections: 10, keepAliveTimeout: 60_000 });
  const underWay = (requests: number) =>
    eventually(() => service.output().split('a request is under way').length > requests);
  const logged = (text: string) => eventually(() => service.output().includes(text));
  return {
    ...service,
    get: async (path: string) => {
      const { statusCode, headers, body } = await pool.request({ path, method: 'GET' });
      return { status: statusCode, connection: headers['connection'], text: await body.text() };
    },
    underWay,
    logged,
    /** Tells it to stop; resolves once it has heard. */
    terminate: async () => {
      service.kill('SIGTERM');
      await logged('"stopping"');
    },
    [Symbol.asyncDispose]: async () => {
      await pool.destroy();
      service.kill('SIGKILL');
      await service.exitCode();
    },
  };
};

/** A connection by hand, on which everything that comes back is gathered. */
const open = async ({ url }: { readonly url: string }) => {
  const socket: Socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const closed = new Promise<void>((resolve) =>
    socket.on('error', () => undefined).once('close', () => resolve()),
  );
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  return { write: (chunk: string) => socket.write(chunk), text: () => text, closed };
};

const ended = 'dependencies closed';
/** What is let go as soon as it rests never is; how soon that is, is the machine's. */
const cutOff = 'connections cut off';

describe.concurrent('a service that is told to stop while', () => {
  test('requests are under way on connections that stay open: answers them, closes what it has and exits 0', async () => {
    await using service = await start();
    const toldAfter = Array.from({ length: 10 }, () => service.get('/wait/1000'));
    await service.underWay(10);
    await service.terminate();
    const answers = await Promise.all(toldAfter);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(answers.map(({ connection }) => connection)).toEqual(answers.map(() => 'close'));
    expect(await service.exitCode()).toBe(0);
    expect(service.output()).toContain(ended);
    expect(service.output()).not.toContain(cutOff);
  });

  test('balancers still send: serves on, not ready, and each answer tells its caller to leave the connection', async () => {
    await using service = await start({ DRAIN_DELAY_MS: '1500' });
    expect((await service.get('/wait/0')).connection).toBe('keep-alive');
    await service.terminate();
    expect((await fetch(`${service.opsUrl}/readyz`)).status).toBe(503);
    expect(await service.get('/wait/0')).toMatchObject({ status: 200, connection: 'close' });
    expect(await service.get('/wait/0')).toMatchObject({ status: 200, connection: 'close' });
    expect(await service.exitCode()).toBe(0);
  });

  test('a head is on its way: serves the request, and gives no answer of another make', async () => {
    await using service = await start();
    const caller = await open(service);
    caller.write('GET /wait/0 HTTP/1.1\r\nhost: stand-in\r\n');
    // Heard on another connection: what was sent before it has been read.
    await service.get('/wait/0');
    await service.terminate();
    await eventually(() =>
      fetch(service.url).then(
        () => false,
        () => true,
      ),
    );
    caller.write('\r\n');
    await caller.closed;
    expect(caller.text()).toMatch(/^HTTP\/1.1 200 OK\r\n/);
    expect(caller.text().toLowerCase()).toContain('connection: close');
    expect(await service.exitCode()).toBe(0);
  });

  test('an answer has begun as if the connection stayed: finishes it, and closes the connection as soon as it rests', async () => {
    await using service = await start();
    const answer = service.get('/begin/1000');
    await service.underWay(1);
    await service.terminate();
    expect(await answer).toEqual({ status: 200, connection: 'keep-alive', text: 'begun ended' });
    expect(await service.exitCode()).toBe(0);
    expect(service.output()).not.toContain(cutOff);
  });

  test('connections rest or have never said anything: closes them at once', async () => {
    await using service = await start();
    const silent = await open(service);
    await service.get('/wait/0');
    await service.terminate();
    await silent.closed;
    expect(await service.exitCode()).toBe(0);
    expect(service.output()).not.toContain(cutOff);
  });

  test.each([
    ['head', 'POST /things HTTP/1.1\r\nhost: stand-in\r\n'],
    [
      'body',
      'POST /things HTTP/1.1\r\nhost: stand-in\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
    ],
  ])('a %s never comes to its end: cuts it off and exits 0 within its grace', async (_, half) => {
    await using service = await start();
    const caller = await open(service);
    caller.write(half);
    await service.get('/wait/0');
    const toldAt = performance.now();
    await service.terminate();
    await caller.closed;
    expect(await service.exitCode()).toBe(0);
    expect(performance.now() - toldAt).toBeLessThan(9_500);
    expect(service.output()).toContain(cutOff);
    expect(service.output()).toContain(ended);
  });
});

describe.concurrent('what comes between while a service stops', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    'a second signal (%s): it goes on in order and exits 0',
    async (second) => {
      await using service = await start();
      const answer = service.get('/wait/1000');
      await service.underWay(1);
      await service.terminate();
      service.kill(second);
      await service.logged('already stopping');
      expect((await answer).status).toBe(200);
      expect(await service.exitCode()).toBe(0);
      expect(service.output()).toContain(ended);
    },
  );

  test('a rejection that nobody awaits: it is logged, the rest is closed, and the exit code tells of it', async () => {
    await using service = await start({ AT_CLOSE: 'rejects-late' });
    await service.terminate();
    expect(await service.exitCode()).toBe(1);
    expect(service.output()).toMatch(/a late rejection.*a fault while stopping/);
    expect(service.output()).toContain(ended);
  });

  test('a part that cannot be closed: it is logged by name, the others are closed, and the exit code tells of it', async () => {
    await using service = await start({ AT_CLOSE: 'port-fails' });
    await service.terminate();
    expect(await service.exitCode()).toBe(1);
    expect(service.output()).toMatch(/the port cannot be closed.*"part":"port".*could not be closed/);
    expect(service.output()).toContain(ended);
  });

  test('a part that is never done with closing: it is named when the time is up, 9.5 s after the drain delay', async () => {
    await using service = await start({ AT_CLOSE: 'hangs', DRAIN_DELAY_MS: '500' });
    const toldAt = performance.now();
    await service.terminate();
    expect(await service.exitCode()).toBe(1);
    expect(performance.now() - toldAt).toBeGreaterThan(9_900);
    expect(service.output()).toMatch(/"part":"dependencies".*not closed in time/);
  });

  test('a drain delay as long as the grace itself: requests until its end are served, exit 0', async () => {
    await using service = await start({ DRAIN_DELAY_MS: '10000' });
    await service.terminate();
    expect(await service.exitCode()).toBe(0);
    expect(service.output()).toContain(ended);
  });
});

test('a fault that nobody caught ends a service in order, with 1', async () => {
  await using service = await start();
  expect((await service.get('/fault')).status).toBe(200);
  expect(await service.exitCode()).toBe(1);
  expect(service.output()).toMatch(/a fault of its own.*stopping after a fault/);
  expect(service.output()).toContain(ended);
});

test('a drain delay that would leave no time to close is refused', async () => {
  const refused = await runMain(new URL('./stand-in/', import.meta.url), { DRAIN_DELAY_MS: '20001' });
  onTestFinished(refused.stop);
  expect(await refused.exitCode()).toBe(1);
  expect(refused.output()).toContain('DRAIN_DELAY_MS');
});
