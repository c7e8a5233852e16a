import { expect, test } from 'vitest';
import { bindAddress, boundTo, LoopbackContainer } from './loopback-container.ts';

test.each([
  ['localhost', '127.0.0.1'],
  ['127.0.0.1', '127.0.0.1'],
  // The engine's bridge, where testcontainers itself runs in a container.
  ['172.17.0.1', '172.17.0.1'],
  ['engine.example', undefined],
])('what is reached under %s is bound to %s', (host, address) => {
  expect(bindAddress(host)).toBe(address);
});

test('every binding names the address', () => {
  const bindings = { '6379/tcp': [{ HostPort: '1' }], '9000/tcp': [{ HostPort: '2' }] };
  expect(boundTo(bindings, '127.0.0.1')).toEqual({
    '6379/tcp': [{ HostPort: '1', HostIp: '127.0.0.1' }],
    '9000/tcp': [{ HostPort: '2', HostIp: '127.0.0.1' }],
  });
});

test('a container is created with its ports on loopback', async () => {
  /** What is sent to the engine, without one. */
  class Probe extends LoopbackContainer {
    async created() {
      await this.beforeContainerCreated();
      return this.hostConfig.PortBindings;
    }
  }
  const container = new Probe('redis:7.4.2', '127.0.0.1');
  container.withExposedPorts({ container: 6379, host: 1234 }, { container: 9000, host: 1235 });
  expect(await container.created()).toEqual({
    '6379/tcp': [{ HostPort: '1234', HostIp: '127.0.0.1' }],
    '9000/tcp': [{ HostPort: '1235', HostIp: '127.0.0.1' }],
  });
});
