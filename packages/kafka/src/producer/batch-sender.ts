import type { AppError } from '@contact-sync/domain';
import type { Link } from './link.ts';
import { bytesOf, fail, type Outgoing, type RawRecord, type Receipt, succeed } from './outgoing.ts';
import { closed, deadlinePassed, queueFull, sendFailed, tooLarge } from './producer-errors.ts';
import { type BatchLimits, createSendQueue, type QueueLimits } from './send-queue.ts';

export type BatchSenderOptions = {
  readonly lingerMs: number;
  readonly batch: BatchLimits;
  readonly queue: QueueLimits;
  readonly maxRecordBytes: number;
  readonly deadlineMs: number;
};

/**
 * Gathers single records into batches and settles each by its own result or deadline. One batch is in flight at a
 * time: while it is, the next one gathers, so batches grow with the load and need no waiting time.
 */
export const createBatchSender = (
  link: Pick<Link, 'isUp' | 'send' | 'abandon'>,
  options: BatchSenderOptions,
) => {
  const queue = createSendQueue(options.queue);
  let inFlight: readonly Outgoing[] = [];
  let flushPending = false;
  let deadlineTimer: NodeJS.Timeout | undefined;
  let draining: (() => void) | undefined;
  let isClosed = false;

  const isIdle = () => inFlight.length === 0 && queue.length() === 0;

  const flush = (): void => {
    flushPending = false;
    if (inFlight.length > 0 || !link.isUp()) return;
    inFlight = queue.take(options.batch);
    const batch = inFlight;
    if (batch.length === 0) {
      finished();
      return;
    }
    link.send(batch).then(
      (receipts) => finished((outgoing, index) => succeed(outgoing, receipts[index] as Receipt)),
      (error: unknown) => finished((outgoing) => fail(outgoing, sendFailed(error))),
    );
  };

  const finished = (settle?: (outgoing: Outgoing, index: number) => void): void => {
    const batch = inFlight;
    inFlight = [];
    if (settle !== undefined) batch.forEach(settle);
    if (queue.length() > 0) flush();
    if (isIdle()) draining?.();
  };

  const scheduleFlush = (): void => {
    if (flushPending || inFlight.length > 0) return;
    flushPending = true;
    // An immediate still gathers what arrives in the same turn of the loop.
    if (options.lingerMs === 0) setImmediate(flush);
    else setTimeout(flush, options.lingerMs);
  };

  /** Fails what is overdue. Deadlines rise in the order of the calls, so looking at the front is enough. */
  const expire = (): void => {
    deadlineTimer = undefined;
    const now = performance.now();
    const overdue = (outgoing: Outgoing | undefined): outgoing is Outgoing =>
      outgoing !== undefined && outgoing.deadlineAt <= now;
    for (const outgoing of inFlight)
      if (overdue(outgoing)) fail(outgoing, deadlinePassed(options.deadlineMs));
    while (overdue(queue.first())) failFirst(deadlinePassed(options.deadlineMs));
    if (inFlight.length > 0 && inFlight.every(({ settled }) => settled)) link.abandon();
    armDeadline();
    if (isIdle()) draining?.();
  };

  const failFirst = (error: AppError): void => {
    const first = queue.shift();
    if (first !== undefined) fail(first, error);
  };

  const armDeadline = (): void => {
    const next = inFlight.find(({ settled }) => !settled) ?? queue.first();
    if (deadlineTimer !== undefined || next === undefined) return;
    deadlineTimer = setTimeout(expire, Math.max(1, next.deadlineAt - performance.now()));
  };

  const accept = (record: RawRecord): Promise<Receipt> =>
    new Promise((resolve, reject) => {
      const bytes = bytesOf(record);
      if (isClosed) return reject(closed());
      if (bytes > options.maxRecordBytes) return reject(tooLarge(bytes, options.maxRecordBytes));
      const deadlineAt = performance.now() + options.deadlineMs;
      const outgoing: Outgoing = { record, bytes, deadlineAt, resolve, reject, settled: false };
      if (!queue.push(outgoing)) return reject(queueFull());
      armDeadline();
      scheduleFlush();
    });

  return {
    send: accept,
    /** Looks whether something can be sent now; called when the link is up. */
    wake: flush,
    pending: () => ({
      records: queue.length() + inFlight.length,
      bytes: queue.bytes() + inFlight.reduce((sum, { bytes }) => sum + bytes, 0),
    }),
    /** Takes no more; resolves when every accepted record is settled. */
    drain(): Promise<void> {
      isClosed = true;
      if (isIdle()) return Promise.resolve();
      return new Promise((resolve) => {
        draining = resolve;
      });
    },
  };
};
