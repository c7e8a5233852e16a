import { contactIdOfAcme, type HistoryEntry } from '@contact-sync/domain';
import { useRedis } from '@contact-sync/redis/testing';
import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { createRedisMappings } from '../src/adapters/redis-mappings.ts';
import { remapBatch } from '../src/use-cases/remap-batch.ts';
import { updated } from './event-builder.ts';
import { moves, newMapping, oldMapping } from './remap-mappings.ts';
import { bothWays } from './support/both-ways.ts';
import { type Copy, createCopy } from './support/copy.ts';

const redis = useRedis(testEnvironment().REDIS_URL);
const now = () => new Date().toISOString();

describe('mappings, one after the other', () => {
  let older: Copy;
  let newer: Copy;
  const id = contactIdOfAcme('7');
  beforeEach(async () => {
    const prefix = uniquePrefix();
    older = await createCopy(redis, { prefix, mapping: oldMapping });
    newer = await createCopy(redis, { prefix, mapping: newMapping });
    const mappings = createRedisMappings({ redis, prefix });
    for (const mapping of [oldMapping, newMapping]) await mappings.keep(mapping);
  });

  const remapTo = async (copy: Copy, mapping: typeof oldMapping) => {
    const ports = { store: copy.store, mapping, now };
    return (await remapBatch(ports, [id], { dryRun: false })).get(id)?.kind;
  };
  const mappingAt = (path: string) => older.call('GET', `/api/v1/mappings${path}`);

  test('a roll-back with a remap restores what the newer one made; edits made here stay, and values that AcmeCRM took of us', async () => {
    const ways = bothWays(older);
    await ways.told(updated({ id: '7', acme_version: 1, ...moves }));
    await ways.edit(id, { address: { city: 'London' } });
    const plan = await ways.plan(id);
    await ways.answered(plan, { id: '7', acme_version: 2, ...moves, acme_address: 'London' });
    await ways.edit(id, { title: 'ours' });
    const before = await ways.contact(id);
    expect(before).toMatchObject({ company: 'Acme', address: { city: 'London' } });

    expect(await remapTo(newer, newMapping)).toBe('remapped');
    const meanwhile = await ways.contact(id);
    expect(meanwhile).toMatchObject({ company: 'R&D / Acme', title: 'ours', address: before.address });
    expect(await remapTo(older, oldMapping)).toBe('remapped');
    const { version: _, updatedAt: __, ...after } = await ways.contact(id);
    expect(before).toMatchObject(after);
    // Nothing of all this is AcmeCRM's to hear but the edit.
    expect(await ways.plan(id)).toMatchObject({ kind: 'patch', changes: { acme_title: 'ours' } });
  });

  test('any entry of a history names a mapping that can be read', async () => {
    await older.apply(updated({ id: '7', acme_version: 1, ...moves }));
    await remapTo(newer, newMapping);
    await newer.apply(updated({ id: '7', acme_version: 2, ...moves, acme_title: 'Countess' }));
    const history: HistoryEntry[] = await bothWays(older).history(id);
    const named = new Set(history.flatMap(({ mappingId }) => mappingId ?? []));
    expect(named).toEqual(new Set([oldMapping.id, newMapping.id]));
    for (const mapping of [oldMapping, newMapping]) {
      const answer = await mappingAt(`/${mapping.id}`);
      expect([answer.statusCode, answer.json()]).toEqual([
        200,
        { id: mapping.id, definition: JSON.parse(JSON.stringify(mapping.definition)) },
      ]);
    }
    const unknown = await mappingAt('/0123456789abcdef');
    expect([unknown.statusCode, unknown.json().code]).toEqual([404, 'MAPPING_NOT_FOUND']);
  });

  test('two of them are compared by what differs', async () => {
    const answer = await mappingAt(`/difference?from=${oldMapping.id}&to=${newMapping.id}`);
    expect(answer.json()).toMatchObject({
      from: oldMapping.id,
      to: newMapping.id,
      removed: [{ acme: ['/acme_company'], contact: ['/company'] }],
      added: [{ acme: ['/acme_custom_fields/unit', '/acme_company'], contact: ['/company'] }],
      changed: [{ from: { contact: ['/status'] }, to: { contact: ['/status'] } }],
      settings: [],
    });
  });
});
