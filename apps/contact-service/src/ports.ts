import type {
  Contact,
  ContactChange,
  FieldConflict,
  HistoryDraft,
  HistoryEntry,
  Holding,
  Mirror,
  MirrorHead,
  NextMirror,
  StoredContact,
  WriteBack,
} from '@contact-sync/domain';
import type { CompiledMapping, EffectiveDefinition } from '@contact-sync/field-mapper';
import type { FeedPlace } from './domain/feed-cursor.ts';
import type { KeptAnswer } from './domain/idempotency.ts';
import type { ContactList } from './domain/lists/contact-list.ts';
import type { RemapTally } from './domain/remap-tally.ts';

/** A contact's state as it was read at one instant. `sequence` is that of its newest history entry, 0 if none. */
export type Snapshot = Holding & {
  readonly sequence: number;
  /** The contact that this record of AcmeCRM is linked with; then nothing else stands here. */
  readonly linkedTo?: string;
};

/** What an edit is decided on: of the mirror only what tells whether it has moved, and whether the contact is its base. */
export type EditSnapshot = Pick<Snapshot, 'contact' | 'sequence'> & {
  readonly mirror: Pick<MirrorHead, 'revision' | 'untouchedVersion'> | null;
};

/** What a decision was made on, and the mirror that it gives: whoever changes a mirror has read it whole. */
type Decided =
  | { readonly before: EditSnapshot; readonly mirror: null }
  | {
      readonly before: Snapshot;
      readonly mirror: NextMirror | null;
      /** What is known of our writes to AcmeCRM from then on; absent where that stays. */
      readonly writeBack?: WriteBack;
      /** Gives a record of AcmeCRM to the contact; what its own id stood for until then goes. */
      readonly link?: RecordLink;
    };

/** A record of AcmeCRM that is to be a contact's, with what was held under the id that the record's own makes. */
export type RecordLink = { readonly recordId: string; readonly before: Snapshot };

/** One contact's next state; what is null stays as it is. */
export type ContactWrite = Decided & {
  readonly id: string;
  readonly contact: StoredContact | null;
  /** Oldest first. */
  readonly history: readonly HistoryDraft[];
  /** External ids of its events, hashed: the write is `moved` where one is blocked. */
  readonly externalIds?: readonly string[];
  /** Drops the entries before; their sequence goes on. */
  readonly forgetsHistory?: true;
  /** Versions that others are told of, oldest first, each with the contact as it was then. */
  readonly outgoing: readonly ContactChange[];
  /** What is put into the conflict inbox, whose oldest entries give way beyond its bound. */
  readonly conflicts?: readonly FieldConflict[];
  /** What is taken out of it. */
  readonly resolved?: readonly FieldConflict[];
  /** Stored with the change, so that a repeat of a request finds its own; the write is `moved` where one is there. */
  readonly answers?: readonly KeptAnswer[];
};

/** A page of a list. */
export type ListQuery = ContactList & {
  readonly limit: number;
  /** The position to go on after, as a page before of the same list gave it. */
  readonly after?: string;
};

/** `next` is absent on the last page. A page may be shorter than the limit and still have a next one. */
export type Page<Item> = { readonly items: readonly Item[]; readonly next?: string };

/** A deleted contact that is still there whole, or has more of a mirror than a stub needs. */
export type Tombstone = {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly since: string;
};

/** A contact at its newest change; of one that is not there whole only its version. */
export type FeedEntry = {
  readonly sequence: number;
  readonly id: string;
  readonly version: number;
  readonly contact?: Contact;
  /** It was erased, and stands nowhere whole. */
  readonly erased?: true;
};

/** What has changed after a place, and the place to go on after. */
export type FeedPage = FeedPlace & {
  /** In the order of their sequences. */
  readonly entries: readonly FeedEntry[];
  /** Whether nothing came after them when they were read. */
  readonly isEnd: boolean;
};

/** A run of versions of AcmeCRM that have not come though a higher one has; both ends included. */
export type VersionGap = {
  readonly contactId: string;
  readonly sourceId: string;
  readonly from: number;
  readonly to: number;
  /** ISO 8601, UTC. */
  readonly noticedAt: string;
};

/** Gaps by when they were noticed, ISO 8601. */
export type GapTimes = { readonly noticedFrom?: string; readonly noticedBefore: string };

export type GapQuery = GapTimes & {
  readonly limit: number;
  /** The position to go on after, as a page before gave it. */
  readonly after?: string;
};

/** What of AcmeCRM's versions is late (design rule 3). */
export interface GapReader {
  /** Longest missing first. */
  list(query: GapQuery): Promise<Page<VersionGap>>;
  count(times: GapTimes): Promise<number>;
}

/** Contacts of which both sides have a say (design section 6). */
export interface ConflictInbox {
  /** Oldest first. */
  list(query: { readonly limit: number; readonly after?: string }): Promise<Page<FieldConflict>>;
  find(id: string): Promise<FieldConflict | null>;
}

/** A contact as our API serves it. */
export type ContactJson = { readonly version: number; readonly json: string };

/** Contacts, AcmeCRM's mirror of them and their history. Every method throws only retryable `AppError`s. */
export interface ContactStore {
  /** In the order of `ids`. */
  load(ids: readonly string[]): Promise<Snapshot[]>;
  /** The same for one contact, without what an edit does not look at. */
  loadForEdit(id: string): Promise<EditSnapshot>;
  /**
   * Writes each contact wholly or not at all, and only onto the state that its decision was made on; `moved` where
   * that is no longer the state. In the order given. A write that leaves a blocked stub leaves nothing else of the
   * contact: no mirror, history, waiting change or stored answer.
   */
  commit(writes: readonly ContactWrite[]): Promise<('written' | 'moved')[]>;
  contact(id: string): Promise<StoredContact | null>;
  /** Which of these external ids, hashed, are of erased contacts. */
  blockedAmong(externalIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Null for a contact that is not there whole. */
  contactJson(id: string): Promise<ContactJson | null>;
  /** The answers that were stored for requests on this contact, by scope; absent where none is, or its day has passed. */
  answers(id: string, scopes: readonly string[]): Promise<ReadonlyMap<string, KeptAnswer>>;
  mirror(id: string): Promise<Mirror | null>;
  /** Newest first, below sequence `before`. */
  history(id: string, page: { readonly limit: number; readonly before?: number }): Promise<HistoryEntry[]>;
  /**
   * Contacts in the order asked for. A contact whose place in it did not change during a walk from page to page comes
   * exactly once. Looks at 1,000 contacts at most, so a page may be short and have a next one. Stubs of swept tombstones
   * are in no list.
   */
  list(query: ListQuery): Promise<Page<Contact>>;
  /** The longest deleted first. */
  tombstones(limit: number): Promise<Tombstone[]>;
  /**
   * Each contact once, at the sequence of its newest change. Whoever goes on after the place of each page misses nothing.
   * Null for a place that the store never gave, or whose changes it has lost since: begin without one.
   */
  changes(query: { readonly after?: FeedPlace; readonly limit: number }): Promise<FeedPage | null>;
  readonly gaps: GapReader;
  readonly conflicts: ConflictInbox;
}

/** Reads of single contacts that may be answered from memory. */
export interface ContactReader {
  /**
   * At most a second behind the store; `fresh` reads the store itself. Null for a contact that is not there whole.
   *
   * @throws {AppError} retryable.
   */
  read(id: string, options?: { readonly fresh?: boolean }): Promise<ContactJson | null>;
}

/** A change, and the trace that it belongs to (W3C `traceparent`) where it belongs to one. */
export type TracedChange = ContactChange & { readonly traceparent?: string };

/** A change that others are to be told of, as it waits in the outbox. */
export type OutboxEntry = TracedChange & {
  /** Rises with the order of the writes. */
  readonly id: string;
};

/** Why a change can never go to Kafka as it is: a letter without the change itself, which waits beside it. */
export type Refusal = {
  readonly code: 'OUTBOX_REFUSED';
  readonly version: number;
  readonly eventId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly reason: string;
};

/** Changes of contacts of which one was refused for good: it and later ones of its contact, apart from all others. */
export interface HeldChanges {
  /** The contacts that are held, each with its refusal. */
  refusals(): Promise<ReadonlyMap<string, Refusal>>;
  /**
   * Takes an entry out of the outbox and puts it behind those of its contact that are held, or begins to hold the contact
   * where it was refused itself. `free` for one whose contact is not held, which stays.
   */
  setAside(token: number, entry: OutboxEntry, refusal?: Refusal): Promise<'aside' | 'free' | 'overtaken'>;
  /** A contact's oldest one. */
  first(id: string): Promise<ContactChange | null>;
  /** Removes it once it was sent; with the last one the contact is held no longer. False where it is not the first. */
  letGo(token: number, change: ContactChange): Promise<boolean>;
}

/** Changes that were written together with their contacts and are not on Kafka yet (design rule 6). */
export interface Outbox {
  /** The right to relay, taken or renewed in time: its fencing token; null while another relay has it. */
  lease(): Promise<number | null>;
  /** Oldest first; while there is none it waits for the first, for a fifth of the lease and a second at most. */
  read(limit: number): Promise<OutboxEntry[]>;
  /** Removes entries up to this one; false, and nothing is removed, where another relay has taken over since. */
  trim(token: number, through: string): Promise<boolean>;
  /** Lets another relay take over at once. */
  release(): Promise<void>;
  /** How many entries wait; those that are held are not among them. */
  size(): Promise<number>;
  /** When the oldest of them was written, in milliseconds since the epoch by Redis' clock; null where none waits. */
  oldestAt(): Promise<number | null>;
  readonly held: HeldChanges;
}

/** Where others hear of changes. */
export interface IntegrationEvents {
  /**
   * Resolves once every in-sync replica has the event. Events of one contact keep their order only if one is awaited
   * before the next is given. Rejects with PAYLOAD_TOO_LARGE or INVALID_EVENT for one that can never go.
   */
  publish(change: TracedChange): Promise<void>;
}

/** Mappings that are or were in force, by id, for good (design section 6, point 7). */
export interface MappingArchive {
  /** Once kept, a mapping never changes. */
  keep(mapping: Pick<CompiledMapping, 'id' | 'definition'>): Promise<void>;
  find(id: string): Promise<EffectiveDefinition | null>;
}

/** Mappings that are or were in force, by id, for good (design section 6, point 7). */
export interface MappingArchive {
  /** Once kept, a mapping never changes. */
  keep(mapping: Pick<CompiledMapping, 'id' | 'definition'>): Promise<void>;
  find(id: string): Promise<EffectiveDefinition | null>;
}

/** A page of a walk; `isFirst` tells of one that begins a walk. */
export type WalkPage = Page<string> & { readonly isFirst: boolean };

/** A walk over the ids of all contacts of which AcmeCRM has told, in no order. */
export interface MirrorWalk {
  /**
   * Begins without a position, and anew with one that the server has forgotten (a restart, a fail-over). Every contact
   * that has a mirror all the while is met at least once.
   */
  pageAfter(position: string | undefined): Promise<WalkPage>;
}

/** How far the remap to one mapping has come. */
export type RemapPosition = { readonly position: string; readonly tally: RemapTally };

/** Keeps positions for the run that goes on after one that was cut off. */
export interface RemapJournal {
  read(mappingId: string): Promise<RemapPosition | null>;
  keep(mappingId: string, position: RemapPosition): Promise<void>;
  forget(mappingId: string): Promise<void>;
}
