import type { AppError } from '@contact-sync/domain';
import { createDeadlineTimer } from './deadline-timer.ts';
import type { Link } from './link.ts';
import { bytesOf, fail, type Outgoing, type RawRecord, type Receipt, succeed } from './outgoing.ts';
import { closed, deadlinePassed, queueFull, sendFailed, tooLarge } from './producer-errors.ts';
import { type BatchLimits, createSendQueue, type QueueLimits, type SendQueue } from './send-queue.ts';

export type BatchSenderOptions = {
  readonly lingerMs: number;
  readonly batch: BatchLimits;
  readonly queue: QueueLimits;
  readonly maxRecordBytes: number;
  readonly deadlineMs: number;
  /** A request to the brokers has ended. */
  readonly onBatch?: (batch: SentBatch) => void;
};

/** So many records in one request, acked or not after so many milliseconds. */
export type SentBatch = { readonly records: number; readonly durationMs: number; readonly failed: boolean };

/**
 * Gathers single records into batches and settles each by its own result or deadline. One batch is in flight at a
 * time: while it is, the next one gathers, so batches grow with the load and need no waiting time.
 */
export class BatchSender {
  readonly #link: Pick<Link, 'isUp' | 'send' | 'abandon'>;
  readonly #options: BatchSenderOptions;
  readonly #queue: SendQueue;
  readonly #deadlines = createDeadlineTimer(() => this.#expire());
  #inFlight: readonly Outgoing[] = [];
  #isFlushPending = false;
  #isClosed = false;
  #onIdle: (() => void) | undefined;

  constructor(link: Pick<Link, 'isUp' | 'send' | 'abandon'>, options: BatchSenderOptions) {
    this.#link = link;
    this.#options = options;
    this.#queue = createSendQueue(options.queue);
  }

  /** Resolves with the broker's ack for this record. Rejects with AppError, at the latest at the deadline. */
  send(record: RawRecord): Promise<Receipt> {
    return new Promise((resolve, reject) => {
      const { maxRecordBytes, deadlineMs } = this.#options;
      const bytes = bytesOf(record);
      if (this.#isClosed) return reject(closed());
      if (bytes > maxRecordBytes) return reject(tooLarge(bytes, maxRecordBytes));
      const deadlineAt = performance.now() + deadlineMs;
      const outgoing: Outgoing = { record, bytes, deadlineAt, resolve, reject, settled: false };
      if (!this.#queue.push(outgoing)) return reject(queueFull());
      this.#deadlines.arm(deadlineAt);
      this.#scheduleFlush();
    });
  }

  /** Sends what waits, if nothing is in flight; also called when the link comes up. */
  flush(): void {
    this.#isFlushPending = false;
    if (this.#inFlight.length > 0 || !this.#link.isUp()) return;
    const batch = this.#queue.take(this.#options.batch);
    if (batch.length === 0) {
      this.#tellIfIdle();
      return;
    }
    this.#inFlight = batch;
    const startedAt = performance.now();
    const ended = (failed: boolean) =>
      this.#options.onBatch?.({ records: batch.length, durationMs: performance.now() - startedAt, failed });
    this.#link.send(batch).then(
      (receipts) => {
        ended(false);
        this.#settle((outgoing, index) => succeed(outgoing, receipts[index] as Receipt));
      },
      (error: unknown) => {
        ended(true);
        this.#settle((outgoing) => fail(outgoing, sendFailed(error)));
      },
    );
  }

  pending(): { readonly records: number; readonly bytes: number } {
    return {
      records: this.#queue.length() + this.#inFlight.length,
      bytes: this.#queue.bytes() + this.#inFlight.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  /** Takes no more; resolves when every accepted record is settled. */
  drain(): Promise<void> {
    this.#isClosed = true;
    return new Promise((resolve) => {
      this.#onIdle = resolve;
      this.#tellIfIdle();
    });
  }

  #scheduleFlush(): void {
    if (this.#isFlushPending || this.#inFlight.length > 0) return;
    this.#isFlushPending = true;
    // An immediate still gathers what arrives in the same turn of the loop.
    if (this.#options.lingerMs === 0) setImmediate(() => this.flush());
    else setTimeout(() => this.flush(), this.#options.lingerMs);
  }

  #settle(each: (outgoing: Outgoing, index: number) => void): void {
    const batch = this.#inFlight;
    this.#inFlight = [];
    batch.forEach(each);
    if (this.#queue.length() > 0) this.flush();
    this.#tellIfIdle();
  }

  /** Fails what is overdue. Deadlines rise in the order of the calls, so looking at the front is enough. */
  #expire(): void {
    const now = performance.now();
    const overdue = (outgoing: Outgoing | undefined) => outgoing !== undefined && outgoing.deadlineAt <= now;
    for (const outgoing of this.#inFlight) if (overdue(outgoing)) fail(outgoing, this.#overdue());
    for (
      let first = this.#queue.first();
      first !== undefined && overdue(first);
      first = this.#queue.first()
    ) {
      this.#queue.shift();
      fail(first, this.#overdue());
    }
    if (this.#inFlight.length > 0 && this.#inFlight.every(({ settled }) => settled)) this.#link.abandon();
    const next = this.#inFlight.find(({ settled }) => !settled) ?? this.#queue.first();
    this.#deadlines.arm(next?.deadlineAt);
    this.#tellIfIdle();
  }

  #overdue(): AppError {
    return deadlinePassed(this.#options.deadlineMs);
  }

  #tellIfIdle(): void {
    if (this.#inFlight.length > 0 || this.#queue.length() > 0 || !this.#isClosed) return;
    this.#deadlines.disarm();
    this.#onIdle?.();
  }
}
