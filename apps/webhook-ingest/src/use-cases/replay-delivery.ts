import { AppError, type SourceEvent, toSourceEvent } from '@contact-sync/domain';
import type { ReadEvent } from '../domain/read-event.ts';
import type { IngestPorts } from '../ports.ts';
import { isValid, read } from './accept-delivery.ts';
import { sendOff, settleAll } from './send-off.ts';

/** A delivery, or one item of it, that was refused before. Its signature was checked then (design rule 9). */
export type ReplayedDelivery = {
  readonly body: Buffer;
  /** When it came first; ISO 8601. */
  readonly receivedAt: string;
  readonly secretId: string;
  readonly dryRun: boolean;
};

export type ReplayedItem =
  | { readonly eventId: string; readonly status: 'accepted'; readonly event?: SourceEvent }
  | { readonly eventId: string; readonly status: 'duplicate' }
  | { readonly eventId?: string; readonly status: 'ignored' }
  | {
      readonly eventId?: string;
      readonly status: 'refused';
      readonly code: string;
      readonly pointer?: string;
    };

const named = (eventId: string | undefined) => (eventId === undefined ? {} : { eventId });

const refused = (code: string, pointer: string | undefined, eventId?: string): ReplayedItem => ({
  ...named(eventId),
  status: 'refused',
  code,
  ...(pointer !== undefined && { pointer }),
});

const readOrRefusal = (body: Buffer): readonly ReadEvent[] | ReplayedItem => {
  try {
    return read(body).items;
  } catch (error) {
    if (!(error instanceof AppError) || error.retryable) throw error;
    return refused(error.code, error.errors[0]?.pointer);
  }
};

/**
 * Judges a quarantined delivery again and publishes what is valid by now, as design rule 1 says; what is refused stays where
 * it is. A dry run tells what would be published.
 *
 * @throws {AppError} retryable, where an event is not durable.
 */
export const replayDelivery = async (
  ports: Pick<IngestPorts, 'log' | 'quarantine' | 'seen' | 'observer'>,
  { body, receivedAt, secretId, dryRun }: ReplayedDelivery,
): Promise<readonly ReplayedItem[]> => {
  const items = readOrRefusal(body);
  if ('status' in items) return [items];
  const valid = items.filter(isValid);
  const known = await ports.seen.known(valid);
  const repeats = valid.filter((_, index) => known[index]);
  const isRepeat = new Set<ReadEvent>(repeats);
  if (!dryRun) {
    const fresh = valid.filter((item) => !isRepeat.has(item));
    const sorted = { fresh, repeats, refused: [] };
    await settleAll(ports, sendOff(ports, sorted, { receivedAt, secretId }));
  }
  return items.map((item): ReplayedItem => {
    if (item.kind === 'ignored') return { ...named(item.eventId), status: 'ignored' };
    if (item.kind === 'refused') return refused(item.reason, item.errors[0]?.pointer, item.eventId);
    if (isRepeat.has(item)) return { eventId: item.eventId, status: 'duplicate' };
    const event = dryRun ? { event: toSourceEvent(item.event, receivedAt) } : {};
    return { eventId: item.eventId, status: 'accepted', ...event };
  });
};
