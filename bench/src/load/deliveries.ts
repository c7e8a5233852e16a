import { randomUUID } from 'node:crypto';
import { acmeContact } from '@contact-sync/testing';
import { signAcme } from '@contact-sync/webhook-signature';
import type { LoadRequest } from './request-pool.ts';

export type DeliveryOptions = {
  readonly secret: string;
  readonly requests: number;
  /** 1: the body is an event; more: an array of so many. */
  readonly eventsPerRequest: number;
};

const templateCount = 1_000;

/** What stands behind the id in contacts of different sizes and scripts, made once: faker is slower than the subject. */
const makeTemplates = (): string[] =>
  Array.from({ length: templateCount }, (_, seed) => {
    const { id: _id, ...rest } = acmeContact(seed);
    return JSON.stringify(rest).slice(1);
  });

/**
 * Makes signed webhooks of new contacts. No two events that one maker ever makes, nor those of two makers, share an
 * event id or a contact, so no receiver can answer one from its memory. Signed with the present time, which receivers
 * accept for 300 s: make them shortly before they are sent.
 */
export const createDeliveryMaker = () => {
  const maker = randomUUID().slice(0, 8);
  let templates: readonly string[] = [];
  let made = 0;

  const nextEvent = (timestamp: string): string => {
    made += 1;
    const rest = templates[made % templateCount];
    return `{"id":"evt_${maker}_${made}","event":"contact.created","timestamp":"${timestamp}","data":{"id":"${maker}-${made}",${rest}}`;
  };

  return ({ secret, requests, eventsPerRequest }: DeliveryOptions): LoadRequest[] => {
    if (templates.length === 0) templates = makeTemplates();
    const now = Date.now();
    const [timestamp, seconds] = [new Date(now).toISOString(), Math.floor(now / 1_000)];
    return Array.from({ length: requests }, () => {
      const events = Array.from({ length: eventsPerRequest }, () => nextEvent(timestamp));
      const body = eventsPerRequest === 1 ? (events[0] as string) : `[${events.join(',')}]`;
      const headers = {
        'content-type': 'application/json',
        ...signAcme({ secret, timestamp: seconds, body }),
      };
      return { method: 'POST', path: '/webhooks/acmecrm', headers, body };
    });
  };
};
