import { rates } from '../../harness/figures.ts';
import { ratioAtMost } from '../../harness/goal.ts';
import { interleave } from '../../harness/interleave.ts';
import { saturated } from '../../harness/load.ts';
import { type Row, row } from '../../harness/row.ts';
import type { Turn } from '../../harness/turn.ts';
import { companyOf, emailOf } from '../../load/contact-events.ts';
import type { Filling, Setting } from './setting.ts';

const turns = { rounds: 3, seconds: 1.5, warmUpSeconds: 0.5 };
const connections = 4;
const pageSize = 50;
const mostOnAPage = 100;
const someNumber = 5_000;

type Query = Readonly<Record<string, string>>;

/** Each filter alone and some two together; all but the e-mail have more than a page in the small set too. */
const filters = (since: string): Readonly<Record<string, Query>> => ({
  'no filter': {},
  email: { email: emailOf(someNumber) },
  status: { status: 'active' },
  company: { company: companyOf(someNumber) },
  tag: { tag: 'vip' },
  source: { source: 'acmecrm' },
  updatedSince: { updatedSince: since },
  q: { q: 'ma' },
  'status and tag': { status: 'lead', tag: 'vip' },
  'company and status': { company: companyOf(someNumber), status: 'active' },
  'q and tag': { q: 'ma', tag: 'customer' },
});

type Answer = { readonly status: number; readonly items: readonly { readonly updatedAt: string }[] };

const ask = async (url: string, query: Query, token: string): Promise<Answer> => {
  const response = await fetch(`${url}/api/v1/contacts?${new URLSearchParams(query)}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { items = [] } = (await response.json()) as Partial<Answer>;
  return { status: response.status, items };
};

/** The time since which there are a good page of contacts. */
const lately = async (url: string, token: string): Promise<string> => {
  const { items } = await ask(url, { sort: '-updatedAt', limit: String(mostOnAPage) }, token);
  return items.at(-1)?.updatedAt ?? '';
};

type Set = { readonly url: string; readonly filters: Readonly<Record<string, Query>> };

const openSet = async (url: string, token: string): Promise<Set> => ({
  url,
  filters: filters(await lately(url, token)),
});

/** Why the page of a filter cannot be compared between the sets; null where it can. */
const faultOf = async (name: string, sets: readonly Set[], token: string): Promise<string | null> => {
  const pages = await Promise.all(
    sets.map((set) => ask(set.url, { ...set.filters[name], limit: String(pageSize) }, token)),
  );
  const refused = pages.find(({ status }) => status !== 200);
  if (refused) return `${name}: answered ${refused.status}`;
  const [small = 0, large = 0] = pages.map(({ items }) => items.length);
  return small === large && small > 0 ? null : `${name}: ${small} contacts beside ${large}`;
};

export type Lists = {
  readonly rows: readonly Row[];
  readonly turns: Readonly<Record<string, readonly Turn[]>>;
  /** Filters that were not compared, and why. */
  readonly faults: readonly string[];
};

/** The time of a page, in milliseconds, one figure a turn. */
const pageTimes = (taken: readonly Turn[]): number[] => rates(taken).map((rate) => 1_000 / rate);

/** A page of each filter among many contacts, beside the same among few. */
export const measureLists = async (
  { stage, note, load, tokens, url }: Setting,
  large: { readonly url: string; readonly filling: Filling },
): Promise<Lists> => {
  const token = tokens[0] ?? '';
  const sets = { small: await openSet(url, token), large: await openSet(large.url, token) };
  const names = Object.keys(sets.small.filters);
  const faults = await Promise.all(names.map((name) => faultOf(name, [sets.small, sets.large], token)));
  const compared = names.filter((_, index) => faults[index] === null);
  const contestantOf = (name: string, set: keyof typeof sets) => {
    const query = new URLSearchParams({ ...sets[set].filters[name], limit: String(pageSize) });
    const headers = { authorization: `Bearer ${token}` };
    const request = { method: 'GET', path: `/api/v1/contacts?${query}`, headers } as const;
    const source = () => ({ kind: 'same', request }) as const;
    const target = { url: sets[set].url, expectedStatus: 200, connections, guess: 1, source };
    return saturated(load, { ...target, name: `${name}, ${set}` });
  };
  const taken = await interleave(
    compared.flatMap((name) => [contestantOf(name, 'small'), contestantOf(name, 'large')]),
    { ...turns, pids: { ...stage.pids(), load: load.pid, bench: process.pid }, onTurn: note },
  );
  const count = large.filling.count.toLocaleString('en-US');
  return {
    turns: taken,
    faults: faults.filter((fault) => fault !== null),
    rows: compared.map((name) =>
      row({
        name: `page of ${pageSize}, ${name}, of ${count} contacts`,
        unit: 'ms',
        values: pageTimes(taken[`${name}, large`] ?? []),
        ceilings: pageTimes(taken[`${name}, small`] ?? []),
        goal: ratioAtMost(1.5),
      }),
    ),
  };
};
