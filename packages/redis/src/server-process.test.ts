import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createServerProcess } from './server-process.ts';

/** A client whose server names itself as `run`, and that counts how often it was asked. */
const client = () => {
  const state = { run: 'a1', asked: 0 };
  const emitter = Object.assign(new EventEmitter(), {
    info: async () => {
      state.asked += 1;
      return `# Server\r\nredis_version:7.2.4\r\nrun_id:${state.run}\r\n`;
    },
  });
  return { state, emitter, of: createServerProcess(emitter) };
};

test('asks once for a connection, and knows the answer at once from then on', async () => {
  const { state, of } = client();
  expect(await of()).toBe('a1');
  expect([of(), state.asked]).toEqual(['a1', 1]);
});

test('asks again after the connection was lost', async () => {
  const { state, emitter, of } = client();
  await of();
  state.run = 'b2';
  emitter.emit('close');
  expect(await of()).toBe('b2');
});

test('keeps no answer that a connection gave which is lost by then', async () => {
  const { state, emitter, of } = client();
  const asked = of();
  emitter.emit('close');
  state.run = 'b2';
  expect(await asked).toBe('a1');
  expect(await of()).toBe('b2');
});
