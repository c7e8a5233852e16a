import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Revocation } from '@contact-sync/api-contracts';
import type { JwksSource } from './jwks.ts';
import type { RevokedSince } from './revocations/revocation-source.ts';

/** A server in the place of auth-service: it publishes an issuer's key, gives tokens and tells what was revoked. */
export type TestAuth = {
  readonly authUrl: string;
  /** Questions for revocations that came, by their `after`. */
  readonly asked: (string | undefined)[];
  readonly revoke: (...revocations: readonly Revocation[]) => void;
  /** Begins a log anew, as after a loss: cursors of the old one are answered with a snapshot. */
  readonly loseLog: () => void;
  /** From now on questions for revocations are not answered, those under way included; or they are again. */
  readonly setSilent: (isSilent: boolean) => void;
  readonly close: () => void;
};

const HEARTBEAT_MS = 1_000;

const sendJson = (response: ServerResponse, body: unknown): void => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

/** A log as auth-service keeps it: long polls that end with news or, after a second, without. */
const createLog = () => {
  let generation = randomUUID();
  let entries: Revocation[] = [];
  let isSilent = false;
  const waiting = new Set<() => void>();
  const pageFor = (after: string | undefined): RevokedSince => {
    const [known, place] = after?.split('.') ?? [];
    const isSnapshot = known !== generation;
    return {
      cursor: `${generation}.${entries.length}`,
      snapshot: isSnapshot,
      revocations: isSnapshot ? entries : entries.slice(Number(place)),
    };
  };
  const wake = () => {
    for (const answer of waiting) answer();
  };
  return {
    revoke: (...revocations: readonly Revocation[]) => {
      entries.push(...revocations);
      wake();
    },
    loseLog: () => {
      generation = randomUUID();
      entries = [];
      wake();
    },
    setSilent: (silent: boolean) => {
      isSilent = silent;
    },
    answer: (after: string | undefined, response: ServerResponse) => {
      const send = () => {
        waiting.delete(send);
        clearTimeout(heartbeat);
        if (!isSilent) sendJson(response, { ...pageFor(after), at: new Date().toISOString() });
      };
      const heartbeat = setTimeout(send, HEARTBEAT_MS).unref();
      response.once('close', () => {
        waiting.delete(send);
        clearTimeout(heartbeat);
      });
      const { snapshot, revocations } = pageFor(after);
      if (snapshot || revocations.length > 0) send();
      else waiting.add(send);
    },
  };
};

/** Starts one for an issuer's tokens; `authUrl` is for the setting AUTH_URL. */
export const startTestAuth = async (issuer: { readonly source: JwksSource }): Promise<TestAuth> => {
  const keys = await issuer.source.load();
  const { answer, ...controls } = createLog();
  const asked: TestAuth['asked'] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://auth');
    request.resume();
    if (pathname === '/oauth2/token') return sendJson(response, { access_token: 'a.b.c', expires_in: 600 });
    if (pathname !== '/internal/revocations') return sendJson(response, keys);
    const after = searchParams.get('after') ?? undefined;
    asked.push(after);
    answer(after, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    ...controls,
    asked,
    authUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
