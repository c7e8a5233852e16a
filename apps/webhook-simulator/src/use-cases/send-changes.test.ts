import { describe, expect, it, vi } from 'vitest';
import { createVirtualClock } from '../../test/virtual-clock.ts';
import type { CrmEvents, WaitingWebhook } from '../crm-ports.ts';
import { type SendChangesDependencies, sendChanges } from './send-changes.ts';

const webhook = (id: string): WaitingWebhook => ({ id, eventId: `evt_${id}`, acmeId: 'a', body: '{}' });

const start = (waiting: WaitingWebhook[], deliver: SendChangesDependencies['deliver']) => {
  const done: string[] = [];
  const events: CrmEvents = {
    take: async (count) => waiting.splice(0, count),
    done: async (id) => void done.push(id),
  };
  const onFault = vi.fn();
  const sender = sendChanges({ events, clock: createVirtualClock(), deliver, onFault });
  return { sender, done, onFault, waiting };
};

describe('sendChanges', () => {
  it('delivers what waits and what comes later, and is done with each', async () => {
    const { sender, done, waiting } = start([webhook('1'), webhook('2')], async () => undefined);
    await vi.waitFor(() => expect(done).toEqual(['1', '2']));
    waiting.push(webhook('3'));
    sender.nudge();
    await vi.waitFor(() => expect(done).toEqual(['1', '2', '3']));
    await sender.close();
  });

  it('begins no more than sixteen at once', async () => {
    const release = Promise.withResolvers<void>();
    const begun: string[] = [];
    const all = Array.from({ length: 40 }, (_, index) => webhook(String(index)));
    const { sender, done } = start(all, async ({ id }) => {
      begun.push(id);
      await release.promise;
    });
    await vi.waitFor(() => expect(begun).toHaveLength(16));
    release.resolve();
    await vi.waitFor(() => expect(done).toHaveLength(40));
    await sender.close();
  });

  it('is not done with one that was broken off, so that another copy finds it', async () => {
    const begun = Promise.withResolvers<void>();
    const { sender, done, onFault } = start([webhook('1')], async (_, signal) => {
      begun.resolve();
      await new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    });
    await begun.promise;
    await sender.close();
    expect(done).toEqual([]);
    expect(onFault).not.toHaveBeenCalled();
  });

  it('goes on after a fault, and tells of it', async () => {
    const { sender, done, onFault } = start([webhook('1'), webhook('2')], async ({ id }) => {
      if (id === '1') throw new Error('a fault');
    });
    await vi.waitFor(() => expect(done).toEqual(['2']));
    expect(onFault).toHaveBeenCalledTimes(1);
    await sender.close();
  });
});
