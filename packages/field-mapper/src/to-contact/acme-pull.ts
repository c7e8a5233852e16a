import { type AcmeRecord, isRawNumber, limits } from '@contact-sync/domain';
import { parseAddress } from '../address/parse-address.ts';
import type { ResolvedPair } from '../definition/resolve-pair.ts';
import { toPhone } from '../phone.ts';
import { report } from '../problem.ts';
import { byTable, byWords, failed, onText, type Pull, type Source } from '../pull.ts';
import { fitsLength } from '../text-length.ts';
import { joinWords, splitWords } from '../words.ts';
import { readerOf } from './acme-readers.ts';

const asText =
  ({ read }: Source<AcmeRecord>): Pull<AcmeRecord> =>
  (record) => {
    const value = read(record);
    if (isRawNumber(value)) return value.rawJSON;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  };

const byAddress = (source: Source<AcmeRecord>): Pull<AcmeRecord> =>
  onText(source, (text, problems) => {
    if (text === '') return null;
    if (fitsLength(text, limits.addressLength)) return parseAddress(text);
    report(problems, source.pointer, 'TOO_LONG', text);
    return failed;
  });

/** What a pair brings to its contact field number `index`, its default aside. */
const bare = ({ pair, acme }: ResolvedPair, index: number, defaultCountry: string): Pull<AcmeRecord> => {
  const { transform } = pair;
  if (transform.kind === 'constant') return () => transform.value;
  const sources = acme.map((path) => ({ read: readerOf(path), pointer: path.pointer }));
  const [source] = sources as [Source<AcmeRecord>];
  switch (transform.kind) {
    case 'copy':
      return source.read;
    case 'text':
      return asText(source);
    case 'date':
      return source.read;
    case 'phone':
      return onText(source, (text) => toPhone(text, defaultCountry));
    case 'address':
      return byAddress(source);
    case 'table':
      return byTable(source, new Map(Object.entries(transform.entries)), transform.otherwise);
    case 'join':
      return byWords(sources, (words) => joinWords(words, transform.separator));
    case 'split':
      return onText(source, (text) => splitWords(text, transform.separator, pair.contact.length)[index]);
  }
};

/** Compiles what a pair brings to its contact field number `index`: its default where AcmeCRM has nothing. */
export const acmePullOf = (
  resolved: ResolvedPair,
  index: number,
  defaultCountry: string,
): Pull<AcmeRecord> => {
  const pull = bare(resolved, index, defaultCountry);
  const fallback = resolved.pair.default;
  return fallback === undefined ? pull : (record, problems) => pull(record, problems) ?? fallback;
};
