import type { BornHere, KnownMirror, MirrorVersion, SweepRequest } from '@contact-sync/api-contracts';
import { contactIdOfAcme, documentedHash, type SourceEvent } from '@contact-sync/domain';
import type { AcmeAnswer, AcmeApi, AcmeListAnswer, AcmeShown } from '../../src/acme/acme-api.ts';
import type { ListedRecord } from '../../src/sweep/compare.ts';
import type { MetRecords, MirrorReader, SweepMarks } from '../../src/sweep/ports.ts';
import { noSweepProgress, type SweepJob, type SweepProgress } from '../../src/sweep/sweep-job.ts';
import { createSweepPiece, type SweepPorts, type SweepSettings } from '../../src/sweep/sweep-piece.ts';

/** Of every record, unless it says another: an hour before the sweep. */
export const longAgo = '2026-11-28T11:00:00.000Z';
export const now = Date.parse('2026-11-28T12:00:00.000Z');

export const shown = (
  id: string,
  version: number,
  more: Readonly<Record<string, unknown>> = {},
): AcmeShown => ({
  id,
  acme_first_name: 'Ada',
  acme_last_name: 'Lovelace',
  acme_email: 'ada@example.com',
  acme_title: `Title ${version}`,
  acme_updated_at: longAgo,
  acme_version: version,
  ...more,
});

type Stored = { readonly record: AcmeShown; readonly deleted: boolean };

/** AcmeCRM's contacts by the time of their change, then by id. */
export const createMemoryAcme = () => {
  const stored = new Map<string, Stored>();
  const trouble: AcmeListAnswer[] = [];
  const listed: { updatedSince?: string; cursor?: string }[] = [];
  const found: string[] = [];
  const placeOf = ({ record }: Stored) => `${record['acme_updated_at']} ${record.id}`;
  const itemOf = ({ record, deleted }: Stored): ListedRecord =>
    deleted ? { id: record.id, acme_version: record.acme_version, acme_deleted: true } : record;
  const api: Pick<AcmeApi, 'list' | 'find'> = {
    list: async ({ updatedSince = '', cursor, limit }) => {
      const asked = { ...(updatedSince && { updatedSince }), ...(cursor !== undefined && { cursor }) };
      listed.push(asked);
      const first = trouble.shift();
      if (first) return first;
      const after = cursor ?? '';
      const rest = [...stored.values()]
        .filter((one) => placeOf(one) > after && placeOf(one) >= updatedSince)
        .toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
      const page = rest.slice(0, limit);
      const last = rest.length > limit ? page.at(-1) : undefined;
      return { kind: 'page', items: page.map(itemOf), ...(last && { nextCursor: placeOf(last) }) };
    },
    find: async (id): Promise<AcmeAnswer> => {
      found.push(id);
      const one = stored.get(id);
      if (!one) return { kind: 'missing' };
      return one.deleted
        ? { kind: 'deleted', version: one.record.acme_version }
        : { kind: 'record', record: one.record };
    },
  };
  return {
    api,
    trouble,
    listed,
    found,
    put: (record: AcmeShown, deleted = false) => void stored.set(record.id, { record, deleted }),
    drop: (id: string) => void stored.delete(id),
  };
};

/** What contact-service holds; it takes events as it ought to. */
export const createMemoryMirrors = (pageSize = 3) => {
  const held = new Map<string, MirrorVersion>();
  const bornHere: BornHere[] = [];
  const pageOf = <Item>(items: readonly Item[], cursor = '0') => {
    const next = Number(cursor) + pageSize;
    return {
      items: items.slice(Number(cursor), next),
      ...(next < items.length && { nextCursor: String(next) }),
    };
  };
  const hold = (record: AcmeShown, deleted = false): void => {
    const mirror: KnownMirror = {
      kind: 'known',
      acmeId: record.id,
      contactId: contactIdOfAcme(record.id),
      version: record.acme_version,
      deleted,
      documentedHash: deleted ? null : documentedHash(record),
      missing: [],
    };
    held.set(record.id, mirror);
  };
  const reader: MirrorReader = {
    versions: async (acmeIds) =>
      acmeIds.map(
        (acmeId) => held.get(acmeId) ?? { kind: 'unknown', acmeId, contactId: contactIdOfAcme(acmeId) },
      ),
    list: async (cursor) =>
      pageOf(
        [...held.values()].filter((mirror) => mirror.kind === 'known'),
        cursor,
      ),
    bornHere: async (cursor) => pageOf(bornHere, cursor),
  };
  const apply = ({ eventType, data, sourceVersion }: SourceEvent): void =>
    hold({ ...data, acme_version: sourceVersion }, eventType === 'contact.deleted');
  const erase = (acmeId: string) =>
    void held.set(acmeId, { kind: 'erased', acmeId, contactId: contactIdOfAcme(acmeId) });
  return { reader, hold, apply, erase, held, bornHere };
};

const createMemoryMet = (): MetRecords => {
  const met = new Map<string, Set<string>>();
  const claims = new Map<string, string>();
  return {
    add: async (id, acmeIds) => void met.set(id, new Set([...(met.get(id) ?? []), ...acmeIds])),
    without: async (id, acmeIds) => acmeIds.filter((acmeId) => !met.get(id)?.has(acmeId)),
    claim: async (id, page, acmeIds) =>
      acmeIds.filter((acmeId) => {
        const claim = `${id} ${acmeId}`;
        claims.set(claim, claims.get(claim) ?? page);
        return claims.get(claim) === page;
      }),
    forget: async (id) => void met.delete(id),
  };
};

const createMemoryMarks = (): SweepMarks => {
  let mark: string | undefined;
  return {
    read: async () => mark,
    write: async (time) => {
      mark = time;
    },
  };
};

/** Sweeps between the two, a piece at a time, as the loop of the service takes them. */
export const createSweepWorld = (settings: Partial<SweepSettings> = {}) => {
  const [acme, mirrors] = [createMemoryAcme(), createMemoryMirrors()];
  const published: SourceEvent[] = [];
  const paused: number[] = [];
  const admitted: string[] = [];
  const world = { admits: (_: string) => true, lookedUntil: now, clock: now };
  const marks = createMemoryMarks();
  const ports: SweepPorts = {
    acme: acme.api,
    mirrors: mirrors.reader,
    publish: async (events) => {
      published.push(...events);
      events.forEach(mirrors.apply);
    },
    brake: {
      admit: async ({ id }) => {
        admitted.push(id);
        return world.admits(id);
      },
    },
    writer: { lookedUntil: async () => world.lookedUntil },
    met: createMemoryMet(),
    marks,
    pause: async (ms) => {
      paused.push(ms);
      world.clock += ms;
    },
    tell: () => undefined,
    finished: () => undefined,
    now: () => world.clock,
  };
  const piece = createSweepPiece(ports, {
    ratePerSecond: 500,
    overlapMs: 600_000,
    graceMs: 60_000,
    ...settings,
  });
  const begin = (request: SweepRequest = {}): SweepJob => ({
    id: crypto.randomUUID(),
    request,
    by: 'user:1',
    state: 'running',
    startedAt: now,
    updatedAt: now,
    progress: noSweepProgress,
  });
  /** So many pieces further, or to the end. */
  const work = async (job: SweepJob, pieces = Number.POSITIVE_INFINITY): Promise<SweepJob> => {
    let current = job;
    for (let count = 0; count < pieces; count += 1) {
      // As it is kept.
      const kept: SweepProgress = JSON.parse(JSON.stringify(current.progress));
      const { progress, isDone } = await piece({ ...current, progress: kept }, new AbortController().signal);
      current = { ...current, progress, state: isDone ? 'done' : 'running' };
      if (isDone) return current;
    }
    return current;
  };
  return {
    acme,
    mirrors,
    marks,
    published,
    paused,
    admitted,
    world,
    begin,
    work,
    sweep: async (request: SweepRequest = {}) => (await work(begin(request))).progress,
  };
};
