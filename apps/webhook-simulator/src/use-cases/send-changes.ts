import type { CrmEvents, WaitingWebhook } from '../crm-ports.ts';
import type { Clock, Targets } from '../ports.ts';
import { deliverLogged, type LoggedDependencies } from './deliver-logged.ts';

export type ChangesSender = {
  /** There is something to send: no need to wait until the next look. */
  readonly nudge: () => void;
  /** Begins nothing more; what is under way stays for another copy. */
  readonly close: () => Promise<void>;
};

export type SendChangesDependencies = {
  readonly events: CrmEvents;
  readonly clock: Clock;
  /** Delivers one to its end, whatever that is. Rejects when the signal aborts. */
  readonly deliver: (webhook: WaitingWebhook, signal: AbortSignal) => Promise<void>;
  readonly onFault: (cause: unknown) => void;
};

const AT_ONCE = 16;
const LOOK_EVERY_MS = 500;

/** Sends the webhooks of what changes in AcmeCRM, as they come, by sixteen at once. */
export const sendChanges = ({ events, clock, deliver, onFault }: SendChangesDependencies): ChangesSender => {
  const stop = new AbortController();
  const underway = new Set<Promise<void>>();
  let nudged = Promise.withResolvers<void>();

  const sendOne = async (webhook: WaitingWebhook): Promise<void> => {
    try {
      await deliver(webhook, stop.signal);
      await events.done(webhook.id);
    } catch (cause) {
      // Not done: it is sent again by whoever finds it abandoned.
      if (!stop.signal.aborted) onFault(cause);
    }
  };
  const begin = (webhook: WaitingWebhook): void => {
    const sending: Promise<void> = sendOne(webhook).finally(() => underway.delete(sending));
    underway.add(sending);
  };
  const look = async (): Promise<number> => {
    const room = AT_ONCE - underway.size;
    if (room === 0) return 0;
    const taken = await events.take(room).catch((cause: unknown) => {
      onFault(cause);
      return [];
    });
    // What was taken and not begun is found abandoned, as after a crash.
    if (stop.signal.aborted) return 0;
    for (const webhook of taken) begin(webhook);
    return taken.length;
  };
  const run = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      if ((await look()) > 0) continue;
      const pause = clock.wait(LOOK_EVERY_MS, stop.signal).catch(() => undefined);
      await Promise.race([pause, nudged.promise, ...underway]);
      nudged = Promise.withResolvers<void>();
    }
  };
  const running = run();
  return {
    nudge: () => nudged.resolve(),
    close: async () => {
      stop.abort();
      await running;
      await Promise.all(underway);
    },
  };
};

/** Delivers a webhook of a change in AcmeCRM as AcmeCRM does, and logs it. Where it is given up it is given up. */
export const deliverChange =
  ({ targets, ...dependencies }: Omit<LoggedDependencies, 'endpoint'> & { readonly targets: Targets }) =>
  async ({ eventId, acmeId, body }: WaitingWebhook, signal: AbortSignal): Promise<void> => {
    const [target] = targets.names;
    const endpoint = targets.endpointOf(target);
    if (!endpoint) throw new Error('the first target has no endpoint');
    const facts = { eventIds: [eventId], acmeId, target };
    await deliverLogged(
      { messageId: eventId, body, manner: {} },
      facts,
      { ...dependencies, endpoint },
      signal,
    );
  };
