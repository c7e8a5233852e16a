/** What the proxy does to traffic; `chance` (0 to 1, 1 by default) is drawn for each chunk from the proxy's seed. */
export type ProxyBehaviour =
  /** Passes everything. */
  | { readonly kind: 'pass' }
  /** Holds each chunk back, order kept; up to `jitterMs` more at random. */
  | {
      readonly kind: 'delay';
      readonly requestMs?: number;
      readonly replyMs?: number;
      readonly jitterMs?: number;
    }
  /** Keeps connections open and moves nothing, closes included; what it held goes on when the behaviour changes. */
  | { readonly kind: 'black-hole' }
  /** Closes both sides when a request comes: the target never sees it. */
  | { readonly kind: 'cut-before-request'; readonly chance?: number }
  /**
   * Lets the request through and closes both sides when the reply comes: done, but the client cannot know. With `to`,
   * only a connection that was asked for this text since its last reply.
   */
  | { readonly kind: 'cut-before-reply'; readonly chance?: number; readonly to?: string }
  /** Passes the reply, then closes both sides. */
  | { readonly kind: 'cut-after-reply'; readonly chance?: number }
  /** Ends the way to the client when a reply comes, and still takes what the client sends. */
  | { readonly kind: 'half-close' }
  /** Resets connections that come, and the live ones at their next chunk. */
  | { readonly kind: 'refuse' };

/** From the client to the target, or back. */
export type Direction = 'request' | 'reply';

/** What becomes of one chunk. */
export type Step = 'pass' | 'cut' | 'reset' | 'pass-and-cut' | 'end';

/** The behaviour's word on a chunk, waiting aside; `unanswered` is what came on the connection since its last reply. */
export const stepOf = (
  behaviour: ProxyBehaviour,
  direction: Direction,
  random: () => number,
  unanswered: readonly Buffer[],
): Step => {
  const hit = (chance = 1) => random() < chance;
  const holds = (text = '') => text === '' || Buffer.concat(unanswered).includes(text);
  switch (behaviour.kind) {
    case 'cut-before-request':
      return direction === 'request' && hit(behaviour.chance) ? 'cut' : 'pass';
    case 'cut-before-reply':
      return direction === 'reply' && holds(behaviour.to) && hit(behaviour.chance) ? 'cut' : 'pass';
    case 'cut-after-reply':
      return direction === 'reply' && hit(behaviour.chance) ? 'pass-and-cut' : 'pass';
    case 'half-close':
      return direction === 'reply' ? 'end' : 'pass';
    case 'refuse':
      return 'reset';
    default:
      return 'pass';
  }
};

/** How long a chunk is held back. */
export const holdMs = (behaviour: ProxyBehaviour, direction: Direction, random: () => number): number => {
  if (behaviour.kind !== 'delay') return 0;
  const base = (direction === 'request' ? behaviour.requestMs : behaviour.replyMs) ?? 0;
  return base + random() * (behaviour.jitterMs ?? 0);
};
