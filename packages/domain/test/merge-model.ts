import { isDeepStrictEqual } from 'node:util';
import type { AcmeRecord, ContactFields, ContactMapping, SourceEvent } from '../src/index.ts';
import type { Sending } from './crm-arbitraries.ts';

/** A contact's fields laid flat, custom fields by key, each value as JSON text; an absent custom field is absent. */
export type Flat = Readonly<Record<string, string | undefined>>;

export const flat = ({ customFields, ...fields }: ContactFields): Flat =>
  Object.fromEntries([
    ...Object.entries(fields).map(([name, value]) => [name, JSON.stringify(value)]),
    ...Object.entries(customFields).map(([key, value]) => [`customFields.${key}`, JSON.stringify(value)]),
  ]);

/** Order of members aside. */
export const isEqual = (one: Flat, other: Flat): boolean =>
  [...Object.keys(one), ...Object.keys(other)].every((field) => one[field] === other[field]);

const ownerOf = (mapping: ContactMapping, field: string) =>
  field.startsWith('customFields.')
    ? mapping.ownerOf('customFields', field.slice('customFields.'.length))
    : mapping.ownerOf(field as keyof ContactFields);

type Ours = { readonly fields: Flat; readonly deleted: boolean; readonly version: number };
type Taken = { readonly record: AcmeRecord; readonly mappingId: string; readonly fields: Flat };

const deletedSaid = 'null';

/**
 * Design rules 2 to 4 told once more, the short way: no hashes, no spellings, no store, no bounds. All that it shares
 * with the code under test is the mapping.
 */
export class MergeModel {
  ours: Ours | null = null;
  /** What gave way to the other side at the last event, by field. */
  lost: Flat = {};
  #rank = 0;
  #said: string | null = null;
  #taken: Taken | null = null;
  readonly #fates: { readonly event: SourceEvent; readonly fate: string }[] = [];

  receive(sending: Sending, mapping: ContactMapping): string {
    this.lost = {};
    const recorded = this.#fates.find(({ event }) => isDeepStrictEqual(event, sending.event));
    if (recorded) return `recorded ${recorded.fate}`;
    const fate = this.#judge(sending, mapping);
    if (fate !== 'VERSION_CONFLICT') this.#fates.push({ event: sending.event, fate });
    return fate;
  }

  edit(fields: Flat): string {
    if (this.ours?.deleted) return 'refused';
    return this.#become({ fields }) ? 'edited' : 'unedited';
  }

  setDeleted(deleted: boolean): string {
    return this.#become({ deleted }) ? 'edited' : 'unedited';
  }

  /** The record that was taken last, under this mapping. */
  remap(mapping: ContactMapping): string {
    const taken = this.#taken;
    if (this.ours === null || taken === null || taken.mappingId === mapping.id) return 'current';
    const fields = flat(mapping.toContact(taken.record).contact);
    this.#taken = { ...taken, mappingId: mapping.id, fields };
    return this.#become({ fields: this.#merge(this.ours.fields, taken, fields, mapping) })
      ? 'remapped'
      : 'noted';
  }

  #judge({ event, content }: Sending, mapping: ContactMapping): string {
    const rank = 2 * event.sourceVersion + (content === null ? 1 : 0);
    if (rank < this.#rank) return 'superseded';
    const said = JSON.stringify(content);
    const isSame = said === this.#said;
    if (rank === this.#rank) return isSame ? 'duplicate' : 'VERSION_CONFLICT';
    const wasDeletedThere = this.#said === deletedSaid;
    this.#rank = rank;
    this.#said = said;
    if (content === null) {
      if (!isSame && this.ours) this.#become({ deleted: true });
      return isSame ? 'unchanged' : 'applied';
    }
    const members = Object.entries({ ...event.data, ...event.extra }).filter(([, value]) => value !== '');
    const record = Object.fromEntries(members) as AcmeRecord;
    const moved = this.#take(record, mapping, wasDeletedThere);
    return isSame && !moved ? 'unchanged' : 'applied';
  }

  /** Whether our contact is another afterwards. */
  #take(record: AcmeRecord, mapping: ContactMapping, wasDeletedThere: boolean): boolean {
    const fields = flat(mapping.toContact(record).contact);
    const taken = this.#taken;
    this.#taken = { record, mappingId: mapping.id, fields };
    if (this.ours === null || taken === null) return this.#become({ fields });
    const deleted = wasDeletedThere ? false : this.ours.deleted;
    return this.#become({ fields: this.#merge(this.ours.fields, taken, fields, mapping), deleted });
  }

  #merge(mine: Flat, taken: Taken, theirs: Flat, mapping: ContactMapping): Flat {
    const theirsBefore = flat(mapping.toContact(taken.record).contact);
    const merged: Record<string, string | undefined> = { ...theirs };
    for (const field of Object.keys({ ...mine, ...theirs })) {
      const isMine = mine[field] !== taken.fields[field];
      const isTheirs = theirs[field] !== theirsBefore[field];
      if (isMine && !isTheirs) merged[field] = mine[field];
      if (!isMine || !isTheirs || mine[field] === theirs[field]) continue;
      const theirsWins = ownerOf(mapping, field) === 'acmecrm';
      merged[field] = theirsWins ? theirs[field] : mine[field];
      this.lost = { ...this.lost, [field]: (theirsWins ? mine[field] : theirs[field]) ?? 'null' };
    }
    return merged;
  }

  /** A version only where something is another. */
  #become(next: Partial<Pick<Ours, 'fields' | 'deleted'>>): boolean {
    const before = this.ours ?? { fields: {}, deleted: false, version: 0 };
    const after = { ...before, ...next };
    if (isEqual(before.fields, after.fields) && before.deleted === after.deleted) return false;
    this.ours = { ...after, version: before.version + 1 };
    return true;
  }
}
