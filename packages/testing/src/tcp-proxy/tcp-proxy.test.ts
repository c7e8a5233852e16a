import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { createTcpProxy, type TcpProxy } from './tcp-proxy.ts';

let server: Server;
let proxy: TcpProxy;
let received: string;
let serverEnds: number;
const sockets: Socket[] = [];

/** Answers each chunk with itself in capitals. */
beforeEach(async () => {
  received = '';
  serverEnds = 0;
  server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('end', () => {
      serverEnds += 1;
      socket.end();
    });
    socket.on('data', (chunk) => {
      received += chunk;
      socket.write(chunk.toString().toUpperCase());
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await createTcpProxy({
    target: { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    seed: 7,
  });
});
afterEach(async () => {
  await proxy.close();
  for (const socket of sockets.splice(0)) socket.destroy();
  server.close();
});

const open = async (port = proxy.port) => {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  sockets.push(socket);
  const client = { socket, text: '', ended: false, closed: false, error: '' };
  socket.on('data', (chunk) => {
    client.text += chunk;
  });
  socket.on('end', () => {
    client.ended = true;
  });
  socket.on('close', () => {
    client.closed = true;
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    client.error = error.code ?? '';
  });
  await once(socket, 'connect');
  return client;
};

/** Waits until nothing more can be under way on this machine's loopback. */
const settled = () => delay(60);

describe('pass', () => {
  test('moves bytes both ways and counts them', async () => {
    const client = await open();
    client.socket.write('hello');
    await eventually(() => expect(client.text).toBe('HELLO'));
    expect(proxy.stats).toMatchObject({
      connections: 1,
      open: 1,
      bytesToTarget: 5,
      bytesToClient: 5,
      cuts: 0,
    });
  });

  test('moves megabytes unchanged', async () => {
    const client = await open();
    const text = 'x'.repeat(3_000_000);
    client.socket.write(text);
    await eventually(() => expect(client.text.length).toBe(text.length));
  });

  test('hands on the end of either side, and the rest of the reply after it', async () => {
    const client = await open();
    client.socket.end('last words');
    await eventually(() => expect(client.ended).toBe(true));
    expect(client.text).toBe('LAST WORDS');
    expect(serverEnds).toBe(1);
    await eventually(() => expect(proxy.stats.open).toBe(0));
  });

  test('closes the client when the target cannot be reached', async () => {
    server.close();
    const client = await open();
    await eventually(() => expect(client.closed || client.ended).toBe(true));
  });
});

describe('delay', () => {
  test('holds requests and replies back and keeps their order', async () => {
    proxy.setBehaviour({ kind: 'delay', requestMs: 40, replyMs: 40, jitterMs: 20 });
    const client = await open();
    const start = performance.now();
    for (const word of ['one ', 'two ', 'three']) {
      client.socket.write(word);
      await delay(1);
    }
    await eventually(() => expect(client.text).toBe('ONE TWO THREE'));
    expect(performance.now() - start).toBeGreaterThanOrEqual(79);
  });
});

describe('black-hole', () => {
  test('keeps a live connection open, moves nothing, and goes on where it was', async () => {
    const client = await open();
    client.socket.write('a');
    await eventually(() => expect(client.text).toBe('A'));

    proxy.setBehaviour({ kind: 'black-hole' });
    client.socket.write('b');
    await settled();
    expect([received, client.text, client.closed]).toEqual(['a', 'A', false]);

    proxy.setBehaviour({ kind: 'pass' });
    await eventually(() => expect(client.text).toBe('AB'));
  });

  test('takes new connections without an answer, and hides a close from the target', async () => {
    proxy.setBehaviour({ kind: 'black-hole' });
    const client = await open();
    client.socket.end('x');
    await settled();
    expect([received, serverEnds, client.ended]).toEqual(['', 0, false]);
  });
});

describe('cuts', () => {
  test('before a request: the target never sees it', async () => {
    const client = await open();
    proxy.setBehaviour({ kind: 'cut-before-request' });
    client.socket.write('lost');
    await eventually(() => expect(client.closed || client.ended).toBe(true));
    expect(received).toBe('');
    expect(proxy.stats.cuts).toBe(1);
  });

  test('before a reply: the target did it, the client hears nothing', async () => {
    const client = await open();
    proxy.setBehaviour({ kind: 'cut-before-reply' });
    client.socket.write('done');
    await eventually(() => expect(client.closed || client.ended).toBe(true));
    expect([received, client.text]).toEqual(['done', '']);
  });

  test('before the reply to a certain request: others are answered', async () => {
    const client = await open();
    proxy.setBehaviour({ kind: 'cut-before-reply', to: 'write' });
    client.socket.write('read');
    await eventually(() => expect(client.text).toBe('READ'));
    client.socket.write('write');
    await eventually(() => expect(client.closed || client.ended).toBe(true));
    expect([received, client.text]).toEqual(['readwrite', 'READ']);
  });

  test('before the reply to a certain request, though another came after it', async () => {
    let asked = '';
    const slow = createServer((socket) => {
      socket.on('data', (chunk) => {
        asked += chunk;
        if (asked === 'writeping') socket.write('WRITE');
      });
    });
    slow.listen(0, '127.0.0.1');
    await once(slow, 'listening');
    onTestFinished(() => void slow.close());
    const { port } = slow.address() as AddressInfo;
    const before = await createTcpProxy({ target: { host: '127.0.0.1', port } });
    onTestFinished(() => before.close());
    const client = await open(before.port);
    before.setBehaviour({ kind: 'cut-before-reply', to: 'write' });
    client.socket.write('write');
    await eventually(() => expect(asked).toBe('write'));
    client.socket.write('ping');
    await eventually(() => expect(client.closed || client.ended).toBe(true));
    expect([asked, client.text]).toEqual(['writeping', '']);
  });

  test('after a reply: the reply comes whole', async () => {
    const client = await open();
    proxy.setBehaviour({ kind: 'cut-after-reply' });
    client.socket.write('once');
    await eventually(() => expect(client.ended || client.closed).toBe(true));
    expect(client.text).toBe('ONCE');
    await eventually(() => expect(proxy.stats.open).toBe(0));
  });

  test('come by chance, the same ones for the same seed', async () => {
    const run = async () => {
      const { port } = server.address() as AddressInfo;
      const seeded = await createTcpProxy({ target: { host: '127.0.0.1', port }, seed: 42 });
      seeded.setBehaviour({ kind: 'cut-before-request', chance: 0.5 });
      const fates: boolean[] = [];
      for (let index = 0; index < 16; index += 1) {
        const client = await open(seeded.port);
        client.socket.write('?');
        await eventually(() => expect(client.text === '?' || client.ended || client.closed).toBe(true));
        fates.push(client.text === '?');
      }
      await seeded.close();
      return fates;
    };
    const fates = await run();
    expect(await run()).toEqual(fates);
    expect(new Set(fates).size).toBe(2);
  });

  test('of all live connections leave the door open', async () => {
    const clients = [await open(), await open()];
    await eventually(() => expect(proxy.stats.open).toBe(2));
    proxy.cutAll();
    await eventually(() => expect(clients.every(({ closed, ended }) => closed || ended)).toBe(true));
    const client = await open();
    client.socket.write('again');
    await eventually(() => expect(client.text).toBe('AGAIN'));
  });
});

test('half-close ends the way to the client and still takes what it sends', async () => {
  const client = await open();
  proxy.setBehaviour({ kind: 'half-close' });
  client.socket.write('one');
  await eventually(() => expect(client.ended).toBe(true));
  client.socket.write(' two');
  await eventually(() => expect(received).toBe('one two'));
  expect([client.text, client.closed]).toEqual(['', false]);
});

test('refuse resets new connections and, at their next chunk, live ones', async () => {
  const live = await open();
  await eventually(() => expect(proxy.stats.open).toBe(1));
  proxy.setBehaviour({ kind: 'refuse' });
  const late = await open().catch(() => undefined);
  await eventually(() => expect(late === undefined || late.closed).toBe(true));
  expect(proxy.stats.refused).toBe(1);
  live.socket.write('x');
  await eventually(() => expect(live.error).toBe('ECONNRESET'));
  expect(received).toBe('');
});

test('another target counts for new connections, and live ones stay', async () => {
  const live = await open();
  live.socket.write('one');
  await eventually(() => expect(live.text).toBe('ONE'));
  const other = createServer((socket) => socket.end('other')).listen(0, '127.0.0.1');
  await once(other, 'listening');
  proxy.setTarget({ host: '127.0.0.1', port: (other.address() as AddressInfo).port });
  const client = await open();
  await eventually(() => expect(client.text).toBe('other'));
  live.socket.write(' two');
  await eventually(() => expect(live.text).toBe('ONE TWO'));
  other.close();
});

test('close ends listening and every connection', async () => {
  const client = await open();
  await proxy.close();
  await eventually(() => expect(client.closed || client.ended).toBe(true));
  await expect(open()).rejects.toThrow('ECONNREFUSED');
});

test('names its address under any scheme, and refuses targets beyond this machine', async () => {
  expect(proxy.url('redis')).toBe(`redis://127.0.0.1:${proxy.port}`);
  await expect(createTcpProxy({ target: { host: '192.0.2.1', port: 1 } })).rejects.toThrow(RangeError);
});
