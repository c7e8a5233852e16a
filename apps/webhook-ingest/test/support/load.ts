import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, deliver } from './acme.ts';
import { newContact } from './events.ts';

export type Attempt = Answer & { readonly eventId: string; readonly startedAt: number };

export type LoadOptions = {
  /** How many deliveries are under way at once. */
  readonly senders: number;
  /** Asked before each attempt, as a load balancer asks; while it is false nobody sends. */
  readonly maySend?: () => boolean;
};

/** AcmeCRM at work: new contacts all the time, each sent again until it is taken. */
export type Load = {
  readonly attempts: readonly Attempt[];
  /** Ids of the events that were answered 2xx. */
  readonly taken: ReadonlySet<string>;
  /** No further events; resolves when all that were sent are taken. */
  finish(): Promise<void>;
  /** As {@link Load.finish}, and gives up what is not taken. */
  abandon(): Promise<void>;
};

const betweenAttemptsMs = 100;

export const isTaken = ({ status }: Answer): boolean => status === 200 || status === 202;

export const startLoad = (ingest: { readonly url: string }, options: LoadOptions): Load => {
  const { senders, maySend = () => true } = options;
  const attempts: Attempt[] = [];
  const taken = new Set<string>();
  let isSending = true;
  let isAbandoned = false;

  const attempt = async (event: ReturnType<typeof newContact>): Promise<boolean> => {
    const startedAt = performance.now();
    const answer = await deliver(ingest, event);
    attempts.push({ ...answer, eventId: event.id, startedAt });
    if (isTaken(answer)) taken.add(event.id);
    return isTaken(answer);
  };
  const send = async (): Promise<void> => {
    while (isSending) {
      const event = newContact();
      while (!isAbandoned && !(maySend() && (await attempt(event)))) await pause(betweenAttemptsMs);
    }
  };
  const sending = Promise.all(Array.from({ length: senders }, send));
  return {
    attempts,
    taken,
    finish: async () => {
      isSending = false;
      await sending;
    },
    abandon: async () => {
      isSending = false;
      isAbandoned = true;
      await sending;
    },
  };
};
