import { randomUUID } from 'node:crypto';
import { type AcmeContact, type Contact, contactIdOfAcme, outgoingEventId } from '@contact-sync/domain';
import type { Webhook } from '../src/domain/acme/event.ts';
import type { Signer } from '../src/domain/delivery/delivery.ts';
import type { AcmeView, HistoryLine } from '../src/domain/oracle/views.ts';
import type {
  ContactEditor,
  ContactReader,
  FateReader,
  PostAnswer,
  PostRequest,
  WebhookEndpoint,
} from '../src/ports.ts';

const noRecord: AcmeView = { sourceVersion: 0, deleted: false, record: null };

type Stored = { acme: AcmeView; contact: Contact | null; history: HistoryLine[] };

export type SystemFaults = {
  /** The nth accepted event (from 1) has no effect. */
  readonly loseEvent?: number;
  /** The nth accepted event has its effect twice. */
  readonly doubleEvent?: number;
  /** Answers before the first real one. */
  readonly answersFirst?: PostAnswer[];
  readonly takeForged?: boolean;
};

const answerOf = (status: number, more: { code?: string; duplicate?: boolean } = {}): PostAnswer => ({
  kind: 'answer',
  status,
  duplicate: false,
  ignored: false,
  refusedItems: 0,
  ...more,
});

const refusals: Partial<Record<Signer, string>> = {
  unknown: 'SIGNATURE_INVALID',
  nobody: 'SIGNATURE_MISSING',
};

/** Edits without a write-back: what is made here stays here. */
const createEditor = (contacts: Map<string, Stored>): ContactEditor => ({
  edit: async ({ contactId, field, value }) => {
    const stored = contacts.get(contactId);
    if (!stored?.contact) return 'absent';
    stored.contact = { ...stored.contact, [field]: value };
    stored.history = [{ sequence: stored.history.length + 1 }, ...stored.history];
    return 'made';
  },
  create: async (members) => {
    const id = randomUUID();
    const record = {
      ...members,
      acme_first_name: 'Ada',
      acme_last_name: 'Byron',
      acme_email: 'ada@example.com',
    };
    contacts.set(id, {
      acme: noRecord,
      contact: contactOf(id, { ...record, id, acme_version: 1 }),
      history: [],
    });
    return id;
  },
  sourceIdOf: async (id) => contacts.get(id)?.acme.record?.['id'] as string | undefined,
});

/** A small honest stand-in for ingest, worker and contact-service behind the two ports, and ways to make it err. */
export const createSimulatedSystem = (faults: SystemFaults = {}) => {
  const contacts = new Map<string, Stored>();
  const seen = new Set<string>();
  const posts: PostRequest[] = [];
  const frozen = new Set<string>();
  let acceptedEvents = 0;

  const apply = (webhook: Webhook, contactId: string) => {
    const record = webhook.data as AcmeContact;
    const before = contacts.get(contactId);
    const version = record.acme_version;
    if (before && before.acme.sourceVersion >= version) return;
    const deleted = webhook.event === 'contact.deleted';
    const edited = { company: before?.contact?.company, title: before?.contact?.title };
    const contact = deleted ? null : { ...contactOf(contactId, record), ...ownOf(edited) };
    const sequence = (before?.history.length ?? 0) + 1;
    const line = { sequence, sourceVersion: version, outgoingEventId: outgoingEventId(contactId, sequence) };
    contacts.set(contactId, {
      acme: { sourceVersion: version, deleted, record: { ...record } },
      contact,
      history: [line, ...(before?.history ?? [])],
    });
  };
  const double = (contactId: string) => {
    const stored = contacts.get(contactId);
    const [newest] = stored?.history ?? [];
    if (!stored || !newest) return;
    const again = {
      ...newest,
      sequence: newest.sequence + 1,
      outgoingEventId: outgoingEventId(contactId, 999),
    };
    stored.history = [again, ...stored.history];
  };
  const take = (body: string): PostAnswer => {
    const webhook = parse(body);
    if (!webhook) return answerOf(400, { code: 'MALFORMED_BODY' });
    if (seen.has(webhook.id)) return answerOf(200, { duplicate: true });
    seen.add(webhook.id);
    acceptedEvents += 1;
    const contactId = contactIdOfAcme(webhook.data.id);
    if (acceptedEvents !== faults.loseEvent) apply(webhook, contactId);
    if (acceptedEvents === faults.doubleEvent) double(contactId);
    return answerOf(202);
  };
  const endpoint: WebhookEndpoint = {
    post: async (request) => {
      posts.push(request);
      const first = faults.answersFirst?.shift();
      if (first) return first;
      const refusal = refusals[request.manner.signer ?? 'active'];
      if (refusal && !faults.takeForged) return answerOf(401, { code: refusal });
      return take(request.body);
    },
  };
  const reader: ContactReader = {
    acme: async (id) => contacts.get(id)?.acme ?? null,
    contact: async (id) => contacts.get(id)?.contact ?? null,
    history: async (id) => contacts.get(id)?.history ?? null,
    frozen: async () => frozen,
  };
  const editor = createEditor(contacts);
  const fates: FateReader = { lookUp: async () => undefined };
  return { endpoint, reader, editor, fates, contacts, frozen, posts };
};

const contactOf = (id: string, record: AcmeContact): Contact => ({
  id,
  firstName: record.acme_first_name,
  lastName: record.acme_last_name,
  email: record.acme_email,
  phone: record.acme_phone ?? null,
  company: record.acme_company ?? null,
  title: record.acme_title ?? null,
  notes: record.acme_notes ?? null,
  address: record.acme_address
    ? { street: record.acme_address, city: null, state: null, zipCode: null, country: null }
    : null,
  status: (record.acme_status?.toLowerCase() ?? null) as Contact['status'],
  tags: record.acme_tags ?? [],
  customFields: record.acme_custom_fields ?? {},
  source: 'acmecrm',
  sourceId: record.id,
  createdAt: record.acme_created_at ?? '',
  updatedAt: record.acme_updated_at ?? '',
  version: 1,
});

/** What was edited here: AcmeCRM's own texts name it. */
const ownOf = (edited: Partial<Record<'company' | 'title', string | null | undefined>>) =>
  Object.fromEntries(
    Object.entries(edited).filter(([, text]) => text?.endsWith(' here') || / here \d/.test(text ?? '')),
  );

const parse = (body: string): Webhook | undefined => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};
