import type { AcmeChange } from '@contact-sync/testing';
import { type Answer, postWebhook } from './acme.ts';
import type { System } from './system.ts';

/** A contact as AcmeCRM answers it. */
export type CrmRecord = {
  readonly id: string;
  readonly acme_version: number;
  readonly [member: string]: unknown;
};

/** AcmeCRM's REST API as the simulator serves it, for somebody who works there. */
export const crmOf = ({ urls, acmeApiKey }: System) => {
  const ask = async (
    method: string,
    path = '',
    body?: unknown,
  ): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`${urls['webhook-simulator']}/acme/v1/contacts${path}`, {
      method,
      headers: { authorization: `Bearer ${acmeApiKey}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };
  return {
    create: async (members: object) => (await ask('POST', '', members)).body as CrmRecord,
    patch: async (id: string, members: object) => (await ask('PATCH', `/${id}`, members)).body as CrmRecord,
    remove: async (id: string) => (await ask('DELETE', `/${id}`)).body as CrmRecord,
    read: async (id: string) => (await ask('GET', `/${id}`)) as { status: number; body: CrmRecord },
    list: async () => ((await ask('GET', '?limit=200')).body as { items: CrmRecord[] }).items,
  };
};

/** A contact of AcmeCRM's as it is told of. */
export type Told = Pick<AcmeChange, 'record' | 'deleted'>;

/** Sends the webhook of a change, as AcmeCRM would. */
export const tellOf = ({ ingestUrl, acmeSecret }: System, { record, deleted }: Told): Promise<Answer> => {
  const { id, acme_version } = record;
  const type = acme_version === 1 ? 'contact.created' : 'contact.updated';
  const body = JSON.stringify({
    id: `evt_${id}_${acme_version}`,
    event: deleted ? 'contact.deleted' : type,
    timestamp: new Date().toISOString(),
    data: deleted ? { id, acme_version } : record,
  });
  return postWebhook(ingestUrl, { secret: acmeSecret, body });
};
