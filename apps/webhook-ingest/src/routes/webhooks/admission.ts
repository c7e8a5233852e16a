import type { Socket } from 'node:net';
import { AppError } from '@contact-sync/domain';
import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify';

export type AdmissionLimits = {
  /** Requests that may be under way. */
  readonly requests: number;
  /** Bytes of their bodies, counted as they come. */
  readonly bytes: number;
};

/** A delivery under way. While it arrives nothing is known of its sender but what its connection brought before. */
type Delivery = {
  readonly isTrusted: boolean;
  bytes: number;
  refuse(): void;
};

const overloaded = (): AppError =>
  new AppError('OVERLOADED', { message: 'Too many deliveries at once.', retryAfterMs: 1_000 });

const firstOf = <Item>(items: ReadonlySet<Item>): Item | undefined => items.values().next().value;

/**
 * What is under way, within its bounds. Where there is no room, what is not whole yet gives way, the oldest first:
 * those on connections that never brought a delivery that was taken before all others, the rest only to their like. What
 * is whole stays; its signature is checked in the same turn.
 */
const createRoom = (bound: AdmissionLimits) => {
  const present = new Set<Delivery>();
  const arriving = { trusted: new Set<Delivery>(), others: new Set<Delivery>() };
  let bytes = 0;
  let wholeBytes = 0;

  const queueOf = ({ isTrusted }: Delivery) => (isTrusted ? arriving.trusted : arriving.others);
  const leave = (delivery: Delivery): void => {
    if (!present.delete(delivery)) return;
    bytes -= delivery.bytes;
    if (!queueOf(delivery).delete(delivery)) wholeBytes -= delivery.bytes;
  };
  const turnOneAway = (inFavourOf: Delivery): boolean => {
    const oldest = firstOf(arriving.others) ?? (inFavourOf.isTrusted ? firstOf(arriving.trusted) : undefined);
    if (oldest === undefined) return false;
    leave(oldest);
    oldest.refuse();
    return true;
  };
  return {
    /** Whether it may arrive; `declaredBytes` only ever count against itself. */
    enter: (delivery: Delivery, declaredBytes: number): boolean => {
      if (wholeBytes + declaredBytes > bound.bytes) return false;
      if (present.size >= bound.requests && !turnOneAway(delivery)) return false;
      present.add(delivery);
      queueOf(delivery).add(delivery);
      return true;
    },
    receive: (delivery: Delivery, count: number): void => {
      if (!present.has(delivery)) return;
      delivery.bytes += count;
      bytes += count;
      while (bytes > bound.bytes && turnOneAway(delivery));
    },
    complete: (delivery: Delivery): void => {
      if (queueOf(delivery).delete(delivery)) wholeBytes += delivery.bytes;
    },
    leave,
  };
};

/**
 * Bounds what is under way while bodies are read, so that memory stays flat however slow the broker is, and whoever
 * sends half of a delivery takes no place from one that comes whole. Beyond the bound a request is answered 503, and
 * AcmeCRM sends it again.
 */
export const createAdmission = (bound: AdmissionLimits) => {
  const room = createRoom(bound);
  const trusted = new WeakSet<Socket>();
  return (
    request: FastifyRequest,
    reply: FastifyReply,
    payload: RequestPayload,
    done: (error: Error | null, payload?: RequestPayload) => void,
  ): void => {
    const { socket } = request.raw;
    const delivery: Delivery = {
      isTrusted: trusted.has(socket),
      bytes: 0,
      // Ends the reading of the body; the reader answers with it.
      refuse: () => payload.emit('error', overloaded()),
    };
    if (!room.enter(delivery, Number(request.headers['content-length'] ?? 0))) {
      done(overloaded());
      return;
    }
    payload.on('data', (chunk: Buffer) => room.receive(delivery, chunk.length));
    payload.once('end', () => room.complete(delivery));
    payload.once('error', () => room.leave(delivery));
    // Also when the sender hangs up.
    reply.raw.once('close', () => {
      room.leave(delivery);
      if (reply.statusCode < 300) trusted.add(socket);
    });
    done(null, payload);
  };
};

/**
 * Whoever is turned away in mid-body gets to read why: a connection that is closed on a sender takes the answer with it.
 * What still comes is not kept, and has no more time than the request had.
 */
export const letFinishSending = (error: Error, _request: FastifyRequest, reply: FastifyReply): never => {
  if (error instanceof AppError && error.code === 'OVERLOADED') reply.removeHeader('connection');
  throw error;
};
