import { formatAddress } from '../address/format-address.ts';
import type { ResolvedPair } from '../definition/resolve-pair.ts';
import { isPlainObject } from '../plain-object.ts';
import { report } from '../problem.ts';
import { byTable, byWords, failed, onText, type Pull, type Source } from '../pull.ts';
import { joinInPlace, splitWords } from '../words.ts';
import { type ContactInput, contactReaderOf } from './contact-input.ts';

/** Ours to theirs; where the table maps two to one, the first of them. */
const reversed = (entries: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(entries)
      .map(([theirs, ours]): [string, string] => [ours, theirs])
      .reverse(),
  );

const byFormat =
  ({ read, pointer }: Source<ContactInput>): Pull<ContactInput> =>
  (contact, problems) => {
    const address = read(contact);
    if (isPlainObject(address)) return formatAddress(address);
    if (address === null || address === undefined) return null;
    report(problems, pointer, 'WRONG_TYPE', address);
    return failed;
  };

/** Compiles what a pair brings to its member number `index` of AcmeCRM's record. */
export const contactPullOf = ({ pair, contact, acme }: ResolvedPair, index: number): Pull<ContactInput> => {
  const { transform } = pair;
  if (transform.kind === 'constant') return () => transform.value;
  const sources = contact.map((path) => ({ read: contactReaderOf(path), pointer: path.pointer }));
  const [source] = sources as [Source<ContactInput>];
  switch (transform.kind) {
    case 'copy':
    case 'text':
    case 'phone':
    case 'date':
      return source.read;
    case 'address':
      return byFormat(source);
    case 'table':
      return byTable(source, reversed(transform.entries));
    case 'join':
      return onText(source, (text) => splitWords(text, transform.separator, acme.length)[index]);
    case 'split':
      return byWords(sources, (words) => joinInPlace(words, transform.separator));
  }
};
