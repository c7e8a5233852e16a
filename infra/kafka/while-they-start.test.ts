import { AppError } from '@contact-sync/domain';
import { expect, test, vi } from 'vitest';
import { whileTheyStart } from './while-they-start.ts';

const away = () => new AppError('DEPENDENCY_UNAVAILABLE', { message: 'away', retryable: true });
const connectionLost = () =>
  Object.assign(new Error('refused'), { name: 'KafkaJSConnectionError', retriable: true });
const onWaiting = vi.fn();
const patience = { withinMs: 10_000, everyMs: 1, onWaiting };

test('servers that answer later are asked until they do, which is told once', async () => {
  const work = vi
    .fn()
    .mockRejectedValueOnce(away())
    .mockRejectedValueOnce(connectionLost())
    .mockResolvedValue('made');
  expect(await whileTheyStart(work, patience)).toBe('made');
  expect(work).toHaveBeenCalledTimes(3);
  expect(onWaiting).toHaveBeenCalledOnce();
});

test('what cannot pass is told at once', async () => {
  const refused = new AppError('CONFLICT', { message: 'an incompatible schema' });
  const work = vi.fn().mockRejectedValue(refused);
  await expect(whileTheyStart(work, patience)).rejects.toBe(refused);
  expect(work).toHaveBeenCalledOnce();
});

test('without patience servers are asked once', async () => {
  const work = vi.fn().mockRejectedValue(away());
  await expect(whileTheyStart(work, { ...patience, withinMs: 0 })).rejects.toThrow('away');
  expect(work).toHaveBeenCalledOnce();
});

test('when the time is up the last failure is told', async () => {
  const work = vi.fn().mockRejectedValue(away());
  await expect(whileTheyStart(work, { ...patience, withinMs: 20 })).rejects.toThrow('away');
  expect(work.mock.calls.length).toBeGreaterThan(1);
});
