import type { HistoryEntry, StoredContact } from '@contact-sync/domain';
import { shardOf } from '@contact-sync/redis';
import type { ContactWrite } from '../../ports.ts';
import { type Hash, toContactHash } from './contact-hash.ts';
import type { ContactKeys } from './contact-keys.ts';
import { orders, positionOf } from './list-index.ts';
import { toMirrorHash } from './mirror-hash.ts';

/** One write as the guarded script takes it. */
export type WriteCall = { readonly keys: readonly string[]; readonly args: readonly string[] };

// Places of the keys that every call names first; the orders follow.
const mirrorKey = 1;
const contactKey = 2;
const historyKey = 3;
const firstOrderKey = 4;

/** How many keys a call names. */
export const keysPerWrite = firstOrderKey - 1 + orders.length;

const command = (name: string, key: number, args: readonly string[]): string[] => [
  name,
  String(key),
  String(args.length),
  ...args,
];

const replaceHash = (key: number, hash: Hash): string[] => [
  ...command('DEL', key, []),
  ...command('HSET', key, Object.entries(hash).flat()),
];

const guards = ({ mirror, contact }: ContactWrite['before']): string[] => [
  '2',
  String(mirrorKey),
  'revision',
  mirror === null ? '' : String(mirror.revision),
  String(contactKey),
  'version',
  contact === null ? '' : String(contact.version),
];

const moveInOrders = (before: StoredContact | null, after: StoredContact): string[] =>
  orders.flatMap((by, index) => {
    const [from, to] = [positionOf(before, by), positionOf(after, by)];
    if (from === to) return [];
    const key = firstOrderKey + index;
    return [
      ...(from === null ? [] : command('ZREM', key, [from])),
      ...(to === null ? [] : command('ZADD', key, ['0', to])),
    ];
  });

const appendHistory = (entries: readonly HistoryEntry[], limit: number): string[] =>
  entries.length === 0
    ? []
    : [
        ...command(
          'LPUSH',
          historyKey,
          entries.map((entry) => JSON.stringify(entry)),
        ),
        ...command('LTRIM', historyKey, ['0', String(limit - 1)]),
      ];

/** The sequence stands in whichever hash is written: a contact may have only one of the two. */
const writeHashes = ({ mirror, contact, before }: ContactWrite, sequence: number): string[] => {
  const counter = String(sequence);
  return [
    ...(mirror === null ? [] : replaceHash(mirrorKey, { ...toMirrorHash(mirror), sequence: counter })),
    ...(contact === null ? [] : replaceHash(contactKey, { ...toContactHash(contact), sequence: counter })),
    ...(contact === null ? [] : moveInOrders(before.contact, contact)),
  ];
};

/** All that one write does, as one call of the guarded script. */
export const writeCall = (keys: ContactKeys, write: ContactWrite, historyLimit: number): WriteCall => {
  const { sequence } = write.before;
  const entries = write.history.map((draft, index) => ({ ...draft, sequence: sequence + index + 1 }));
  return {
    keys: [
      keys.mirror(write.id),
      keys.contact(write.id),
      keys.history(write.id),
      ...orders.map((by) => keys.order(shardOf(write.id), by)),
    ],
    args: [
      ...guards(write.before),
      ...writeHashes(write, sequence + entries.length),
      ...appendHistory(entries, historyLimit),
    ],
  };
};
