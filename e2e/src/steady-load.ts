import { setTimeout as pause } from 'node:timers/promises';
import { acmeContact, acmeEvent } from '@contact-sync/testing';
import { postWebhook } from './acme.ts';
import type { System } from './system.ts';

/** An event that ingest answered 2xx, by its own id and by that of its contact in AcmeCRM. */
export type Accepted = { readonly eventId: string; readonly acmeId: string };

/** Sends first events, each of a contact of its own. */
export const createSender = ({ ingestUrl, acmeSecret }: System, name: string) => {
  let contacts = 0;

  /** What was sent, where it was answered 2xx. */
  const send = async (): Promise<Accepted | undefined> => {
    contacts += 1;
    const acmeId = `acme-${name}-${contacts}`;
    const event = acmeEvent(acmeContact(contacts, { id: acmeId, acme_version: 1 }));
    const body = JSON.stringify(event);
    const answer = await postWebhook(ingestUrl, { secret: acmeSecret, body }).catch(() => undefined);
    return answer?.status === 202 ? { eventId: event.id, acmeId } : undefined;
  };

  /** Sends twenty a second, whatever is answered, until it is stopped: then what was answered 2xx. */
  const sendSteadily = () => {
    const accepted: Accepted[] = [];
    const stopping = new AbortController();
    const sent: Promise<void>[] = [];
    const note = async () => {
      const event = await send();
      if (event !== undefined) accepted.push(event);
    };
    const running = (async () => {
      while (!stopping.signal.aborted) {
        sent.push(note());
        await pause(50);
      }
    })();
    return {
      accepted,
      stop: async (): Promise<readonly Accepted[]> => {
        stopping.abort();
        await running;
        await Promise.all(sent);
        return accepted;
      },
    };
  };

  return { send, sendSteadily };
};
