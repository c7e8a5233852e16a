import type { ApiRoutes, CallAnswer } from '@contact-sync/client';
import type { OpsContext } from '../context.ts';
import { table } from '../terminal/table.ts';
import { type FilterOptions, filterOf } from './selection.ts';

type Body<Name extends keyof ApiRoutes> = CallAnswer<ApiRoutes[Name]>['body'];
type Letter = Body<'listDeadLetters'>['items'][number];
type State = NonNullable<Letter['state']>;

type Output = { readonly json?: true };

const none = '-';

const letterRow = ({ at, state, code, pointer, eventId, contactId, id }: Letter): string[] => [
  at,
  state,
  code,
  pointer ?? none,
  eventId ?? none,
  contactId ?? none,
  id,
];

const listText = (letters: readonly Letter[], hasMore: boolean): string => {
  if (letters.length === 0) return 'No letters.';
  const headings = ['became a letter', 'state', 'code', 'pointer', 'event', 'contact', 'id'];
  const more = hasMore ? ['', 'There are more: --limit, or filters.'] : [];
  return [table(headings, letters.map(letterRow)), ...more].join('\n');
};

export type ListOptions = FilterOptions & Output & { readonly state?: State; readonly limit: string };

/** `dead-letters list`. */
export const listLetters = async ({ api, terminal }: OpsContext, options: ListOptions): Promise<void> => {
  const wanted = Number(options.limit);
  const letters: Letter[] = [];
  const query = { ...filterOf(options), ...(options.state !== undefined && { state: options.state }) };
  let hasMore = false;
  for await (const letter of api().each.listDeadLetters({
    query: { ...query, limit: Math.min(wanted, 100) },
  })) {
    hasMore = letters.length === wanted;
    if (hasMore) break;
    letters.push(letter);
  }
  terminal.result(options.json ? JSON.stringify(letters) : listText(letters, hasMore));
};

const groupsText = ({ groups, letters, open, dropped, behind }: Body<'listDeadLetterGroups'>): string => {
  const rows = groups.map((group) => [
    String(group.count),
    group.code,
    group.stage,
    group.pointer ?? none,
    group.oldestAt,
    group.newestAt,
    group.fingerprint,
  ]);
  const headings = ['letters', 'code', 'stage', 'pointer', 'oldest', 'newest', 'fingerprint'];
  const notes = [
    `${open} open of ${letters} in the index`,
    ...(dropped > 0 ? [`${dropped} left it because there were too many`] : []),
    ...(behind > 0 ? [`${behind} records are not read yet`] : []),
  ];
  return [...(rows.length > 0 ? [table(headings, rows), ''] : []), `${notes.join(', ')}.`].join('\n');
};

/** `dead-letters groups`. */
export const listGroups = async ({ api, terminal }: OpsContext, options: Output): Promise<void> => {
  const { body } = await api().listDeadLetterGroups({ query: { limit: 100 } });
  terminal.result(options.json ? JSON.stringify(body) : groupsText(body));
};

const section = (title: string, text: string | undefined): string[] =>
  text === undefined ? [] : ['', title, text.replace(/^/gm, '  ')];

const pretty = (value: unknown): string | undefined =>
  value === undefined ? undefined : JSON.stringify(value, null, 2);

const letterText = (shown: Body<'getDeadLetter'>): string => {
  const { letter, gone, headers, value, decoded, undecodable, contact } = shown;
  const facts = Object.entries(letter).map(([name, fact]) => [
    name,
    typeof fact === 'object' ? JSON.stringify(fact) : String(fact),
  ]);
  return [
    table(['letter', ''], facts),
    ...(gone ? ['', 'Kafka has let go of its record.'] : []),
    ...section('Headers', headers.map((header) => `${header.name}: ${header.value}`).join('\n')),
    ...section(`Bytes (${value?.size ?? 0}, in base64)`, value?.base64),
    ...section('Decoded', pretty(decoded)),
    ...section('Does not decode', undecodable),
    ...section('The contact now', pretty(contact)),
  ].join('\n');
};

/** `dead-letters show`. */
export const showLetter = async (
  { api, terminal }: OpsContext,
  id: string,
  options: Output,
): Promise<void> => {
  const { body } = await api().getDeadLetter({ params: { id } });
  terminal.result(options.json ? JSON.stringify(body) : letterText(body));
};

/** `dead-letters audit`. */
export const listAudit = async ({ api, terminal }: OpsContext, options: Output): Promise<void> => {
  const { body } = await api().listLetterAudit({ query: { limit: 100 } });
  const rows = body.items.map(({ at, by, action, letters, reason, replayId }) => [
    at,
    action,
    String(letters ?? none),
    by,
    reason ?? replayId ?? none,
  ]);
  const text = table(['at', 'what', 'letters', 'who', 'why'], rows);
  terminal.result(options.json ? JSON.stringify(body.items) : text);
};
