import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { AcmeRecord } from '@contact-sync/domain';
import { type AcmeAnswer, createAnswers, type ShowRecord } from './acme-answer.ts';
import { type AcmeChange, type AcmeStored, type AcmeStoreOptions, createAcmeStore } from './acme-store.ts';
import { type AcmeAsked, type AcmeTrouble, limited } from './acme-trouble.ts';
import { createAllowance } from './allowance.ts';

export type AcmeStandInOptions = AcmeStoreOptions & {
  /** The key that callers have to name; anybody is let in without one. */
  readonly apiKey?: string;
  /** Requests a second that it takes; beyond them is 429. No bound by default. */
  readonly ratePerSecond?: number;
  readonly show?: ShowRecord;
};

/** Says what goes wrong with a request; undefined: nothing. */
export type AcmeRule = (asked: AcmeAsked) => AcmeTrouble | undefined;

export type AcmeStandIn = {
  readonly url: string;
  /** Its contacts by id, as they are now. */
  readonly contacts: ReadonlyMap<string, AcmeStored>;
  /** Each change of its store, oldest first; each would send a webhook. */
  readonly changes: readonly AcmeChange[];
  /** What it was asked, oldest first, with the status that it answered (0: none). */
  readonly requests: readonly (AcmeAsked & { status: number })[];
  /** What goes wrong from now on; nothing by default and without a rule. */
  trouble(rule?: AcmeRule): void;
  /** A contact as it is given, whatever stood there. */
  put(record: AcmeRecord): void;
  /** Somebody at AcmeCRM changes a contact. @throws {Error} where there is none. */
  edit(id: string, patch: Readonly<Record<string, unknown>>): AcmeRecord;
  remove(id: string): AcmeRecord;
  close(): Promise<void>;
};

const path = '/acme/v1/contacts';

const readAsked = async (incoming: IncomingMessage): Promise<AcmeAsked> => {
  const { pathname } = new URL(incoming.url ?? '/', 'http://stand-in');
  const id = decodeURIComponent(pathname.slice(path.length + 1));
  const body = await text(incoming);
  return {
    method: incoming.method ?? '',
    ...(id !== '' && { id }),
    headers: incoming.headers,
    body: body === '' ? {} : (JSON.parse(body) as AcmeAsked['body']),
    at: Date.now(),
  };
};

const send = (outgoing: ServerResponse, { status, body, headers }: AcmeAnswer): void => {
  outgoing
    .writeHead(status, { 'content-type': 'application/json', ...headers })
    .end(JSON.stringify(body ?? {}));
};

/**
 * AcmeCRM's REST API on 127.0.0.1 for tests, with its rules for versions, deletions and external ids, and with any trouble
 * that a rule makes. It sends no webhooks: `changes` is what they would tell of.
 */
export const startAcmeStandIn = async (options: AcmeStandInOptions = {}): Promise<AcmeStandIn> => {
  const store = createAcmeStore(options);
  const answerTo = createAnswers(store, options.show ?? ((record) => record));
  const requests: (AcmeAsked & { status: number })[] = [];
  const allows = createAllowance(options.ratePerSecond);
  let rule: AcmeRule = () => undefined;

  const troubleOf = (asked: AcmeAsked): AcmeTrouble | undefined => {
    const { apiKey } = options;
    if (apiKey !== undefined && asked.headers['authorization'] !== `Bearer ${apiKey}`) {
      return { kind: 'answer', status: 401 };
    }
    return allows() ? rule(asked) : limited(1);
  };

  const settle = async (asked: AcmeAsked, incoming: IncomingMessage): Promise<AcmeAnswer | undefined> => {
    const trouble = troubleOf(asked);
    if (trouble === undefined) return answerTo(asked);
    if (trouble.kind === 'answer') return { body: {}, ...trouble };
    if (trouble.kind === 'held') {
      const answer = answerTo(asked);
      await trouble.until;
      return answer;
    }
    if (trouble.effect === 'done') answerTo(asked);
    if (trouble.kind === 'cut') incoming.socket.destroy();
    return undefined;
  };

  const server = createServer(async (incoming, outgoing) => {
    const request = { ...(await readAsked(incoming)), status: 0 };
    requests.push(request);
    const answer = await settle(request, incoming);
    if (answer === undefined) return;
    request.status = answer.status;
    send(outgoing, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const stored = (id: string): AcmeStored => {
    const contact = store.contacts.get(id);
    if (contact === undefined) throw new Error(`the stand-in has no contact ${id}`);
    return contact;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    contacts: store.contacts,
    changes: store.changes,
    requests,
    trouble: (next = () => undefined) => {
      rule = next;
    },
    put: (record) => {
      store.contacts.set(record.id, { record, deleted: false });
    },
    edit: (id, patch) => store.patch(stored(id), patch, 'test').record,
    remove: (id) => store.remove(stored(id), 'test').record,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
