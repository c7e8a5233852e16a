import { type ContactInput, contactRoutes } from '@contact-sync/api-contracts';
import {
  ApiProblem,
  type Client,
  createClient,
  editContact,
  type MachineCredentials,
  NoAnswer,
} from '@contact-sync/client';
import {
  AppError,
  type Contact,
  compileGuard,
  FieldConflict,
  HistoryEntry,
  parseJson,
} from '@contact-sync/domain';
import type { HistoryLine } from '../domain/oracle/views.ts';
import type { ContactEditor, ContactReader, EventFates, FateReader } from '../ports.ts';

export type GatewayOptions = {
  readonly gatewayUrl: string;
  readonly credentials: MachineCredentials;
};

const isAcmeAnswer = compileGuard(contactRoutes.getAcmeRecord.answers[200].body);
const isContactAnswer = compileGuard(contactRoutes.getContact.answers[200].body);
const isCreatedAnswer = compileGuard(contactRoutes.createContact.answers[201].body);
const isHistoryEntry = compileGuard(HistoryEntry);
const isFieldConflict = compileGuard(FieldConflict);

/** The verdict is about what is stored, so no cache may answer. */
const fresh = { headers: { 'cache-control': 'no-cache' } };

const TIMEOUT_MS = 5_000;

/** A contact has 100 entries by default; far more would be a list that goes in circles. */
const MAX_ENTRIES = 10_000;

const unavailable = (internal: string, cause: unknown, retryAfterMs?: number): AppError =>
  new AppError('DEPENDENCY_UNAVAILABLE', {
    message: 'The public API cannot be read.',
    internal,
    cause,
    retryable: true,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });

const broken = (internal: string, cause?: unknown): AppError =>
  new AppError('INTERNAL', { message: 'Something went wrong on our side.', internal, cause });

const passes = (status: number): boolean => [401, 412, 429].includes(status) || status >= 500;

const toFault = (error: unknown): unknown => {
  if (error instanceof NoAnswer) return unavailable(error.message, error);
  if (!(error instanceof ApiProblem)) return error;
  const internal = `the public API answered ${error.status} ${error.code}`;
  return passes(error.status) ? unavailable(internal, error, error.retryAfterMs) : broken(internal, error);
};

/** Null where the answer is 404. */
const reading = async <Result>(read: () => Promise<Result>): Promise<Result | null> => {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw toFault(error);
  }
};

const checked = <Answer>(fits: (value: unknown) => value is Answer, value: unknown): Answer => {
  if (fits(value)) return value;
  throw broken('the public API answered in another form than its contract says');
};

const connect = ({ gatewayUrl, credentials }: GatewayOptions): Client =>
  createClient({
    baseUrl: gatewayUrl,
    credentials,
    parse: parseJson,
    timeoutMs: TIMEOUT_MS,
    // Each call is one attempt: whoever asks knows how long it pays to go on.
    retry: { attempts: 1 },
  });

/** Reads contacts as any program does: through the gateway, with a token of its own. Digits of numbers stay as they came. */
export const createGatewayReader = (options: GatewayOptions): ContactReader => {
  const api = connect(options);
  const history = async (id: string): Promise<HistoryLine[]> => {
    const lines: HistoryLine[] = [];
    for await (const line of api.each.getHistory({ params: { id }, query: { limit: 100 } }, fresh)) {
      lines.push(checked(isHistoryEntry, line));
      if (lines.length > MAX_ENTRIES) throw broken('the history of a contact has no end');
    }
    return lines;
  };
  const frozen = async (): Promise<Set<string>> => {
    const ids = new Set<string>();
    for await (const conflict of api.each.listConflicts({ query: { limit: 100 } }, fresh)) {
      const { contactId, cause } = checked(isFieldConflict, conflict);
      if (cause === 'frozen') ids.add(contactId);
    }
    return ids;
  };
  return {
    acme: (id) =>
      reading(async () => checked(isAcmeAnswer, (await api.getAcmeRecord({ params: { id } }, fresh)).body)),
    contact: (id) =>
      reading(async () => checked(isContactAnswer, (await api.getContact({ params: { id } }, fresh)).body)),
    history: (id) => reading(() => history(id)),
    frozen: async () => (await reading(frozen)) ?? new Set(),
  };
};

/** Edits contacts as any program does. An edit that was made by an attempt without an answer is not made again. */
export const createGatewayEditor = (options: GatewayOptions): ContactEditor => {
  const api = connect(options);
  return {
    edit: async ({ contactId, field, value }) => {
      const patchOf = (contact: Contact) => (contact[field] === value ? undefined : { [field]: value });
      const edited = await reading(() => editContact(api, contactId, patchOf, fresh));
      return edited === null ? 'absent' : 'made';
    },
    create: async (members, key) => {
      const created = await reading(() =>
        // Whether they make a contact is the API's to judge.
        api.createContact({ body: members as ContactInput, idempotencyKey: key }),
      );
      if (created === null) throw broken('the public API knows no way to make a contact');
      return checked(isCreatedAnswer, created.body).id;
    },
    sourceIdOf: async (id) => {
      const answer = await reading(() => api.getAcmeRecord({ params: { id } }, fresh));
      return answer === null ? undefined : checked(isAcmeAnswer, answer.body).sourceId;
    },
  };
};

/** Asks what became of events as any program does. */
export const createGatewayFates = (options: GatewayOptions): FateReader => {
  const api = connect(options);
  const lookUp = async (ids: readonly string[]): Promise<EventFates> => {
    const { body } = await api.lookUpEventFates({ body: { ids: [...ids] } });
    return new Map(
      body.results.map(({ eventId, contents }) => [eventId, contents.map(({ fate }) => fate ?? null)]),
    );
  };
  return { lookUp: async (ids) => (await reading(() => lookUp(ids))) ?? undefined };
};
