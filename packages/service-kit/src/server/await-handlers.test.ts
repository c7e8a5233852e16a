import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { expect, it } from 'vitest';
import { createLogger } from '../logger.ts';
import { createMetrics } from '../ops/metrics.ts';
import { createServer } from './create-server.ts';

it('a server has not closed before a handler has ended whose caller has hung up', async () => {
  const logger = createLogger({ service: 'test', level: 'silent' });
  const app = await createServer({ logger, metrics: createMetrics('test') });
  const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const order: string[] = [];
  app.get('/slow', { config: { public: true } }, async () => {
    begun.resolve();
    await gate.promise;
    order.push('handled');
    return {};
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET /slow HTTP/1.1\r\nhost: test\r\n\r\n');
  await begun.promise;
  socket.destroy();
  const closed = app.close().then(() => order.push('closed'));
  await once(app.server, 'close');
  gate.resolve();
  await closed;
  expect(order).toEqual(['handled', 'closed']);
});
