import { ApiProblem, type Client } from '@contact-sync/client';

type Json = Record<string, unknown>;

/** One contact as AcmeCRM has it and as we hold it. */
export interface ContactPair {
  id: string;
  acme: Json;
  contact: Json;
}

/** The members that say the same on both sides, in the order in which they are shown. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['id', 'sourceId'],
  ['acme_first_name', 'firstName'],
  ['acme_last_name', 'lastName'],
  ['acme_email', 'email'],
  ['acme_phone', 'phone'],
  ['acme_company', 'company'],
  ['acme_title', 'title'],
  ['acme_address', 'address'],
  ['acme_status', 'status'],
  ['acme_tags', 'tags'],
  ['acme_custom_fields', 'customFields'],
  ['acme_notes', 'notes'],
  ['acme_version', 'version'],
];

const VALUE_WIDTH = 46;

type Views = Pick<Client, 'getAcmeRecord' | 'getContact'>;

/** Reads the first of `ids` with an address in the United States, which shows most, else the first that is there. */
export async function readPair(api: Views, ids: readonly string[]): Promise<ContactPair | undefined> {
  let first: ContactPair | undefined;
  for (const id of ids) {
    const pair = await readOne(api, id);
    if (pair === undefined) continue;
    if (/, [A-Z]{2} \d{5}/.test(String(pair.acme['acme_address']))) return pair;
    first ??= pair;
  }
  return first;
}

/** Undefined where either side has nothing to show. */
async function readOne(api: Views, id: string): Promise<ContactPair | undefined> {
  try {
    const { record } = (await api.getAcmeRecord({ params: { id } })).body;
    const contact = (await api.getContact({ params: { id } })).body;
    return record && contact ? { id, acme: record, contact } : undefined;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return undefined;
    throw error;
  }
}

/** Two columns: AcmeCRM's member and value, ours. Parts of an address stand below each other. */
export function renderPair({ acme, contact }: ContactPair): string[] {
  const heading = line('AcmeCRM', '', 'here', '');
  return [
    heading,
    ...PAIRS.flatMap(([theirs, ours]) => {
      const left = valueLines(acme[theirs]);
      const right = valueLines(contact[ours]);
      return Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
        line(index === 0 ? theirs : '', left[index] ?? '', index === 0 ? ours : '', right[index] ?? ''),
      );
    }),
  ];
}

function line(theirs: string, left: string, ours: string, right: string): string {
  return `  ${theirs.padEnd(19)} ${left.padEnd(VALUE_WIDTH)}  ${ours.padEnd(13)} ${right}`.trimEnd();
}

function valueLines(value: unknown): string[] {
  if (Array.isArray(value)) return [shorten(value.join(', '))];
  if (typeof value !== 'object' || value === null) return [shorten(String(value ?? '—'))];
  const lines = Object.entries(value).map(([name, part]) => shorten(`${name}: ${part ?? '—'}`));
  return lines.length === 0 ? ['—'] : lines;
}

function shorten(text: string): string {
  const oneLine = text.replaceAll(/\s+/g, ' ');
  return oneLine.length > VALUE_WIDTH ? `${oneLine.slice(0, VALUE_WIDTH - 1)}…` : oneLine;
}
