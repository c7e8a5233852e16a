import { describe, expect, it } from 'vitest';
import { createBulkhead } from './bulkhead.ts';

const texts = { message: 'Too many at once.', internal: 'the queue is full' };

/** Tasks that run until they are told to end, and what of them runs. */
const createTasks = () => {
  const running: string[] = [];
  const ends = new Map<string, () => void>();
  const task = (name: string) => () => {
    running.push(name);
    return new Promise<string>((resolve) => {
      ends.set(name, () => {
        running.splice(running.indexOf(name), 1);
        resolve(name);
      });
    });
  };
  const end = async (name: string, done: Promise<unknown>) => {
    ends.get(name)?.();
    await done;
  };
  return { running, task, end };
};

describe('createBulkhead', () => {
  it('runs no more at once than allowed, the others in the order they came', async () => {
    const bulkhead = createBulkhead({ ...texts, atOnce: 2, waiting: 2 });
    const { running, task, end } = createTasks();
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => bulkhead.run(task(name)));
    await Promise.resolve();
    expect(running).toEqual(['a', 'b']);
    await end('b', Promise.resolve(b));
    expect(running).toEqual(['a', 'c']);
    await end('a', Promise.resolve(a));
    expect(running).toEqual(['c', 'd']);
    await end('c', Promise.resolve(c));
    await end('d', Promise.resolve(d));
    expect(running).toEqual([]);
  });

  it('refuses at once what may not wait, and takes tasks again later', async () => {
    const bulkhead = createBulkhead({ ...texts, atOnce: 1, waiting: 0 });
    const { task, end } = createTasks();
    const first = bulkhead.run(task('a'));
    await expect(bulkhead.run(task('b'))).rejects.toMatchObject({ code: 'OVERLOADED', retryable: true });
    await end('a', first);
    expect(await bulkhead.run(async () => 'c')).toBe('c');
  });

  it('gives the place of a failed task to the next', async () => {
    const bulkhead = createBulkhead({ ...texts, atOnce: 1, waiting: 1 });
    const failing = bulkhead.run(async () => {
      throw new Error('failed');
    });
    const next = bulkhead.run(async () => 'next');
    await expect(failing).rejects.toThrow('failed');
    expect(await next).toBe('next');
  });

  it('gives no turn to one that has given up waiting, and its place in the queue to another', async () => {
    const bulkhead = createBulkhead({ ...texts, atOnce: 1, waiting: 1 });
    const leave = await bulkhead.enter();
    const caller = new AbortController();
    const waiting = bulkhead.enter(caller.signal);
    caller.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    const next = bulkhead.enter();
    leave();
    (await next)();
    await expect(bulkhead.enter(caller.signal)).rejects.toThrow('gone');
    expect(await bulkhead.run(async () => 'free')).toBe('free');
  });
});
