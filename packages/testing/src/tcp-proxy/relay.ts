import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Direction, holdMs, type Step, stepOf } from './behaviour.ts';
import type { BehaviourSwitch } from './switch.ts';

export type ProxyTarget = { readonly host: string; readonly port: number };

export type ProxyCounts = {
  /** Connections taken since the start, refused ones not among them. */
  connections: number;
  refused: number;
  cuts: number;
  bytesToTarget: number;
  bytesToClient: number;
};

type Relay = {
  readonly client: Socket;
  readonly target: Socket;
  readonly behaviour: BehaviourSwitch;
  readonly random: () => number;
  readonly counts: ProxyCounts;
  readonly closed: AbortSignal;
  /** What the client sent since the target said something last: any of it may be what it answers next. */
  unanswered: Buffer[];
};

/** Joins a client with the target for as long as both live; returns the cut. */
export const relay = (
  client: Socket,
  { host, port }: ProxyTarget,
  tools: Pick<Relay, 'behaviour' | 'random' | 'counts'>,
): (() => void) => {
  const target = connect({ host, port, allowHalfOpen: true });
  const closing = new AbortController();
  const joined: Relay = { ...tools, client, target, closed: closing.signal, unanswered: [] };
  const cut = () => close(joined);
  for (const socket of [client, target]) {
    socket.setNoDelay(true);
    socket.on('error', cut);
  }
  client.once('close', () => closing.abort());
  for (const direction of ['request', 'reply'] as const) pump(joined, direction).catch(cut);
  return cut;
};

/** Moves one direction chunk by chunk, so that a change of behaviour counts from the next chunk on. */
const pump = async (joined: Relay, direction: Direction): Promise<void> => {
  const { behaviour, random, closed } = joined;
  const [from, to] =
    direction === 'request' ? [joined.client, joined.target] : [joined.target, joined.client];
  for await (const chunk of from.iterator({ destroyOnReturn: false })) {
    if (direction === 'request') joined.unanswered.push(chunk);
    const ms = holdMs(behaviour.current(), direction, random);
    if (ms > 0) await delay(ms, undefined, { signal: closed });
    await behaviour.passable();
    const step = stepOf(behaviour.current(), direction, random, joined.unanswered);
    if (direction === 'reply') joined.unanswered = [];
    if (step === 'pass' || step === 'pass-and-cut') await write(joined, direction, to, chunk);
    if (step !== 'pass') return finish(joined, step, to);
  }
  await behaviour.passable();
  to.end();
};

const write = async ({ counts, closed }: Relay, direction: Direction, to: Socket, chunk: Buffer) => {
  counts[direction === 'request' ? 'bytesToTarget' : 'bytesToClient'] += chunk.length;
  if (!to.write(chunk)) await once(to, 'drain', { signal: closed });
};

const finish = (joined: Relay, step: Exclude<Step, 'pass'>, to: Socket): void => {
  if (step === 'end') {
    to.end();
    // What the target still says goes nowhere, and must not fill its buffers.
    joined.target.resume();
    return;
  }
  joined.counts.cuts += 1;
  if (step === 'reset') joined.client.resetAndDestroy();
  // Ending first lets the reply out before the close.
  if (step === 'pass-and-cut') to.end(() => close(joined));
  else close(joined);
};

const close = ({ client, target }: Relay): void => {
  client.destroy();
  target.destroy();
};
