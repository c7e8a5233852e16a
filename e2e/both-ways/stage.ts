import { type Client, createClient, editContact } from '@contact-sync/client';
import { contactIdOfAcme, parseJson } from '@contact-sync/domain';
import {
  type AcmeStandIn,
  createTcpProxy,
  eventually,
  startAcmeStandIn,
  type TcpProxy,
} from '@contact-sync/testing';
import { type Told, tellOf } from '../src/acme-crm.ts';
import { type System, startSystem } from '../src/system.ts';

export const within = { timeoutMs: 60_000 };
export const ada = { acme_first_name: 'Ada', acme_last_name: 'Lovelace', acme_email: 'ada@example.com' };
export const adaHere = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com' };

/** So many deletes brake the writer. */
export const brakeCount = 20;
/** How long AcmeCRM may take for one request: tells silence from a slow machine. */
const acmeTimeoutMs = 2_000;
const leaseMs = 2_000;

/** The six services, and the networks between event-worker and those that it writes by. */
export type Stage = {
  readonly system: System;
  readonly api: Client;
  /** An AcmeCRM that a test plays; it sends no webhooks. */
  readonly acme: AcmeStandIn;
  /** Between event-worker and AcmeCRM: the simulator, or the stand-in. */
  readonly way: TcpProxy;
  /** Between event-worker and contact-service. */
  readonly inside: TcpProxy;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

const targetOf = (url: string) => ({ host: '127.0.0.1', port: Number(new URL(url).port) });

/** Leads event-worker to another AcmeCRM. */
export const leadTo = ({ way }: Pick<Stage, 'way'>, url: string): void => {
  way.setTarget(targetOf(url));
  way.cutAll();
};

/** All that stands between two stories is as it was before the first. */
export const calm = ({ acme, way, inside }: Stage): void => {
  acme.trouble();
  for (const network of [way, inside]) network.setBehaviour({ kind: 'pass' });
};

export const startStage = async (): Promise<Stage> => {
  await using started = new AsyncDisposableStack();
  const acme = await startAcmeStandIn();
  started.defer(acme.close);
  const way = await createTcpProxy({ target: targetOf(acme.url) });
  started.defer(way.close);
  const inside = await createTcpProxy({ target: targetOf(acme.url) });
  started.defer(inside.close);
  const system = started.use(
    await startSystem(
      (urls) => {
        inside.setTarget(targetOf(urls['contact-service']));
        return {
          'event-worker': {
            ACME_API_URL: way.url('http'),
            ACME_TIMEOUT_MS: String(acmeTimeoutMs),
            ACME_WRITE_BACK_DELETES: 'true',
            ACME_BRAKE_COUNT: String(brakeCount),
            CONTACT_URL: inside.url('http'),
          },
          'contact-service': { WRITE_BACK_LEASE_MS: String(leaseMs) },
        };
      },
      { bothWays: true },
    ),
  );
  const api = createClient({ baseUrl: system.gatewayUrl, credentials: system.admin, parse: parseJson });
  const owned = started.move();
  return { system, api, acme, way, inside, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};

/** Waits for a contact that AcmeCRM has told of; gives how routes name it. */
export const comesHere = ({ api }: Stage, acmeId: string): Promise<{ readonly id: string }> => {
  const params = { id: contactIdOfAcme(acmeId) };
  return eventually(async () => (await api.getContact({ params })) && params, within);
};

export const edit = ({ api }: Stage, id: string, title: string) => editContact(api, id, () => ({ title }));

export const tell = ({ system }: Stage, change: Told) => tellOf(system, change);

/** A contact that both sides have alike. */
export const knownThere = async (stage: Stage, acmeId: string): Promise<{ readonly id: string }> => {
  const record = { id: acmeId, acme_version: 1, ...ada };
  stage.acme.put(record);
  await tell(stage, { record, deleted: false });
  return comesHere(stage, acmeId);
};

/** Holds the answer to the first write of this method; its effect is done at once. */
export const holdAnswer = ({ acme }: Stage, to: string) => {
  const held = Promise.withResolvers<void>();
  let isHeld = false;
  acme.trouble(({ method }) => {
    if (isHeld || method !== to) return undefined;
    isHeld = true;
    return { kind: 'held', until: held.promise };
  });
  return { release: held.resolve, isHeld: () => isHeld };
};

/** The stand-in's records that were made of a contact born here. */
export const madeOf = ({ acme }: Stage, id: string) =>
  [...acme.contacts.values()].filter(({ record }) => record['acme_external_id'] === id);
