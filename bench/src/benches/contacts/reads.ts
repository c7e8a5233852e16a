import { createKeys } from '@contact-sync/redis';
import { startCeiling } from '../../harness/ceiling.ts';
import { cpuRow } from '../../harness/cost-rows.ts';
import { rates } from '../../harness/figures.ts';
import { ratioAtLeast } from '../../harness/goal.ts';
import { interleave } from '../../harness/interleave.ts';
import { saturated } from '../../harness/load.ts';
import { type Row, row } from '../../harness/row.ts';
import type { Turn } from '../../harness/turn.ts';
import { contactIdOf } from '../../load/contact-events.ts';
import type { ContactRequestOptions } from '../../load/contact-requests.ts';
import { contactCount, type Setting } from './setting.ts';

const turns = { rounds: 4, seconds: 4, warmUpSeconds: 3 };
const requestsATurn = 20_000;

/** Reads of all contacts with all tokens; a pool is drawn anew for each turn and repeats within it. */
const readsOf = (tokens: readonly string[], headers: ContactRequestOptions['headers'] = {}) => ({
  expectedStatus: 200,
  guess: 1,
  source: () =>
    ({
      kind: 'contacts',
      reusable: true,
      requests: requestsATurn,
      tokens,
      contacts: contactCount,
      method: 'GET',
      headers,
    }) as const,
});

/** The mean size of a contact's JSON in bytes, the rows of reads and their turns. */
export type Reads = {
  readonly jsonBytes: number;
  readonly rows: readonly Row[];
  readonly turns: Readonly<Record<string, readonly Turn[]>>;
};

/** Hot reads beside a bare route, cold ones beside one HGETALL. */
export const measureReads = async ({
  stage,
  cleanUp,
  note,
  load,
  tokens,
  url,
  store,
}: Setting): Promise<Reads> => {
  const [bare, hash] = [
    await startCeiling(cleanUp, 'contact-service'),
    await startCeiling(cleanUp, 'contact-service'),
  ];
  const ids = Array.from({ length: contactCount }, (_, number) => contactIdOf(number));
  const bytes = await bare.ask('learnAnswers', { url, token: tokens[0] ?? '', ids });
  const bareUrl = await bare.ask('bareReads');
  const keyPrefix = createKeys('integration').inShard(0, 'contact', '');
  const hashUrl = await hash.ask('hashReads', { redisUrl: store.url, keyPrefix });
  const hot = readsOf(tokens);
  const cold = readsOf(tokens, { 'cache-control': 'no-cache' });
  const taken = await interleave(
    [
      saturated(load, { ...hot, name: 'hot GET', url }),
      saturated(load, { ...hot, name: 'bare', url: bareUrl }),
      saturated(load, { ...cold, name: 'cold GET', url }),
      saturated(load, { ...cold, name: 'HGETALL', url: hashUrl }),
    ],
    {
      ...turns,
      pids: { ...stage.pids(), load: load.pid, bare: bare.pid, hash: hash.pid, bench: process.pid },
      onTurn: note,
    },
  );
  const service = 'contact-service';
  return {
    jsonBytes: bytes / contactCount,
    turns: taken,
    rows: [
      row({
        name: 'hot GET, beside a bare route',
        unit: '1/s',
        values: rates(taken['hot GET']),
        ceilings: rates(taken.bare),
        goal: ratioAtLeast(0.5),
      }),
      row({
        name: 'cold GET, beside one HGETALL',
        unit: '1/s',
        values: rates(taken['cold GET']),
        ceilings: rates(taken.HGETALL),
        goal: ratioAtLeast(0.8),
      }),
      ...cpuRow(
        'CPU of contact-service for a hot GET',
        { turns: taken['hot GET'], process: service },
        { turns: taken.bare, process: 'bare' },
      ),
      ...cpuRow(
        'CPU of contact-service for a cold GET',
        { turns: taken['cold GET'], process: service },
        { turns: taken.HGETALL, process: 'hash' },
      ),
    ],
  };
};
