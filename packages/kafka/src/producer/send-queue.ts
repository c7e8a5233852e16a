import type { Outgoing } from './outgoing.ts';

export type QueueLimits = { readonly maxRecords: number; readonly maxBytes: number };
export type BatchLimits = { readonly maxRecords: number; readonly maxBytes: number };

/** Records that wait for the next batch, in the order in which they came, bounded in number and bytes. */
export const createSendQueue = (limits: QueueLimits) => {
  let records: Outgoing[] = [];
  let head = 0;
  let bytes = 0;

  const shift = (): Outgoing | undefined => {
    const first = records[head];
    if (first === undefined) return undefined;
    head += 1;
    bytes -= first.bytes;
    // Giving the front back in large steps keeps a shift cheap however long the queue is.
    if (head > 1_024 && head * 2 > records.length) {
      records = records.slice(head);
      head = 0;
    }
    return first;
  };

  const length = () => records.length - head;

  return {
    length,
    bytes: () => bytes,
    first: (): Outgoing | undefined => records[head],
    /** False when the queue has no room; then nothing was added. */
    push(outgoing: Outgoing): boolean {
      if (length() >= limits.maxRecords || bytes + outgoing.bytes > limits.maxBytes) return false;
      records.push(outgoing);
      bytes += outgoing.bytes;
      return true;
    },
    /** Removes and returns the first record; undefined when there is none. */
    shift,
    /** The next batch: settled records are left out, and one record goes however large it is. */
    take(batch: BatchLimits): Outgoing[] {
      const taken: Outgoing[] = [];
      let size = 0;
      const fits = ({ bytes }: Outgoing) =>
        taken.length === 0 || (taken.length < batch.maxRecords && size + bytes <= batch.maxBytes);
      for (let next = records[head]; next !== undefined && fits(next); next = records[head]) {
        shift();
        if (next.settled) continue;
        taken.push(next);
        size += next.bytes;
      }
      return taken;
    },
  };
};

export type SendQueue = ReturnType<typeof createSendQueue>;
