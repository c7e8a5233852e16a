import type { CrmConduct, CrmEvents, WaitingWebhook } from '../crm-ports.ts';
import { dropsWebhook } from '../domain/crm/conduct.ts';
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
  // An outage is told of once, not at each look.
  let isAway = false;
  const take = async (room: number): Promise<readonly WaitingWebhook[]> => {
    try {
      const taken = await events.take(room);
      isAway = false;
      return taken;
    } catch (cause) {
      if (!isAway) onFault(cause);
      isAway = true;
      return [];
    }
  };
  const look = async (): Promise<number> => {
    const room = AT_ONCE - underway.size;
    if (room === 0) return 0;
    const taken = await take(room);
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

export type DeliverChangeDependencies = Omit<LoggedDependencies, 'endpoint'> & {
  readonly targets: Targets;
  readonly conduct: Pick<CrmConduct, 'atWebhook'>;
};

/**
 * Delivers a webhook of a change in AcmeCRM as AcmeCRM does and behaves just now, and logs it. Where it is given up it is
 * given up; where it is dropped the log says so.
 */
export const deliverChange =
  ({ targets, conduct, ...dependencies }: DeliverChangeDependencies) =>
  async ({ eventId, acmeId, body }: WaitingWebhook, signal: AbortSignal): Promise<void> => {
    const { clock, log, newId, random } = dependencies;
    const [target] = targets.names;
    const endpoint = targets.endpointOf(target);
    if (!endpoint) throw new Error('the first target has no endpoint');
    const facts = { eventIds: [eventId], acmeId, target };
    const { conduct: now, nth } = await conduct.atWebhook();
    if (dropsWebhook(now, nth)) {
      log.add({ id: newId(), ...facts, fault: 'dropped', state: 'unanswered', attempts: [], body });
      return;
    }
    if (now.webhookDelayMs !== undefined) await clock.wait(random() * now.webhookDelayMs, signal);
    await deliverLogged(
      { messageId: eventId, body, manner: {} },
      facts,
      { ...dependencies, endpoint },
      signal,
    );
  };
