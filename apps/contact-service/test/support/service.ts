import type { TestIssuer } from '@contact-sync/access/testing';
import type { SourceEvent } from '@contact-sync/domain';
import { runMain } from '@contact-sync/testing';

const preloads = {
  'die-before-answer': new URL('./preload/die-before-answer.ts', import.meta.url),
  'hurt-relay': new URL('./preload/hurt-relay.ts', import.meta.url),
};

export type ServiceOptions = {
  readonly settings?: Readonly<Record<string, string>>;
  /** What is loaded into the process before the service. */
  readonly faults?: readonly (keyof typeof preloads)[];
};

export type Answer = {
  /** 0 where no answer came. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as JSON; undefined where there is none. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
  readonly ms: number;
};

export type RequestOptions = { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> };

/** A contact as a client writes it. */
export const person = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com' };

const nowhere = { KAFKA_BROKERS: '127.0.0.1:9', SCHEMA_REGISTRY_URL: 'http://127.0.0.1:9' };
const machineClient = {
  SERVICE_CLIENT_ID: 'contact-service',
  SERVICE_CLIENT_SECRET: 'a secret of sixteen characters',
};

const nothing: Answer = { status: 0, headers: {}, text: '', body: undefined, ms: 0 };

const exchange = async (url: string, init: RequestInit): Promise<Answer> => {
  const start = performance.now();
  const response = await fetch(url, init).catch(() => undefined);
  const text = await response?.text().catch(() => undefined);
  const ms = performance.now() - start;
  if (response === undefined || text === undefined) return { ...nothing, ms };
  const body = text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>);
  return { status: response.status, headers: Object.fromEntries(response.headers), text, body, ms };
};

/** The service as a process of its own, and an editor and event-worker that call it. */
export const launchService = async (
  issuer: TestIssuer,
  { settings = {}, faults = [] }: ServiceOptions = {},
) => {
  const process = await runMain(
    new URL('../..', import.meta.url),
    { ...nowhere, ...machineClient, ...settings },
    { preloads: faults.map((name) => preloads[name]) },
  );
  const editor = `Bearer ${issuer.userToken('editor', { sub: 'b3c0a3f2-0000-4000-8000-000000000001' })}`;
  const worker = `Bearer ${issuer.machineToken(['contacts:apply'], { aud: 'contact-service' })}`;
  const send = (method: string, path: string, token: string, { body, headers }: RequestOptions = {}) =>
    exchange(`${process.url}${path}`, {
      method,
      headers: {
        authorization: token,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const request = (method: string, path: string, options?: RequestOptions): Promise<Answer> =>
    send(method, `/api/v1/contacts${path}`, editor, options);
  return {
    ...process,
    /** As an editor; `path` goes on after `/api/v1/contacts`. */
    request,
    /** The id of a new contact; throws where it is not made. */
    create: async (): Promise<string> => {
      const { status, text, body } = await request('POST', '', { body: person });
      if (status === 0) throw new Error(`no answer; its log ends:\n${process.output().slice(-2_000)}`);
      if (status !== 201) throw new Error(`answered ${status}: ${text}`);
      return String(body?.['id']);
    },
    /** Gives a contact another title, whatever its version unless one is named. */
    retitle: (id: string, title: string, ifMatch = '*'): Promise<Answer> =>
      request('PATCH', `/${id}`, { body: { title }, headers: { 'if-match': ifMatch } }),
    apply: (...events: readonly SourceEvent[]): Promise<Answer> =>
      send('POST', '/internal/contacts/apply', worker, { body: { events } }),
    /** Why it is not ready, as its probe says. */
    reasons: async (): Promise<string> => (await fetch(`${process.opsUrl}/readyz?verbose`)).text(),
  };
};
export type Service = Awaited<ReturnType<typeof launchService>>;
