import { AcmeContact, type AcmeRecord, ContactFields, compileCheck } from '@contact-sync/domain';
import { propertyRuns } from '@contact-sync/domain/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { builtInMapping, compileMapping } from '../src/index.ts';
import { acmeRecord } from './acme-arbitraries.ts';
import { mappings } from './mappings.ts';
import { canonical, expectSame, valueAt } from './record-views.ts';

const builtIn = compileMapping(builtInMapping);
const faultsOfAcme = compileCheck(AcmeContact);
const faultsOfFields = compileCheck(ContactFields);

test('a record that the schema lets pass becomes a contact that the schema lets pass', () => {
  fc.assert(
    fc.property(acmeRecord, (record) => {
      expect(faultsOfAcme(record)).toEqual([]);
      const { contact, problems } = builtIn.toContact(record);
      expect(problems).toEqual([]);
      expect(faultsOfFields(contact)).toEqual([]);
    }),
    propertyRuns('valid stays valid', 500),
  );
});

const anyRecord = fc
  .tuple(acmeRecord, fc.dictionary(fc.constantFrom(...Object.keys(AcmeContact.properties)), fc.jsonValue()))
  .map(([record, odd]): AcmeRecord => JSON.parse(JSON.stringify({ ...record, ...odd })))
  // TypeBox does not judge the keys of a record, so the schema lets pass a custom field without a name.
  .filter(({ acme_custom_fields: fields }) => !Object.keys(fields ?? {}).includes(''));

test('a record with problems is one that the schema refuses, and only such', () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      // The id and the version are no business of a mapping.
      const { problems } = builtIn.toContact(record);
      expect(problems.length === 0).toBe(faultsOfAcme({ ...record, id: '1', acme_version: 1 }).length === 0);
    }),
    propertyRuns('problems are what the schema refuses', 500),
  );
});

describe.each(mappings)('%s', (name, mapping) => {
  test('record to contact to record is the identity, null against missing aside', () => {
    fc.assert(
      fc.property(acmeRecord, (record) => {
        const { contact, residue, problems } = mapping.toContact(record);
        fc.pre(problems.length === 0);
        const back = mapping.toAcme(contact, residue);
        expectSame(back.problems, []);
        expectSame(canonical(back.record), canonical(record));
      }),
      propertyRuns(`${name}: identity`, 500),
    );
  });

  test('the residue survives JSON, and the way back changes neither it nor the contact', () => {
    fc.assert(
      fc.property(acmeRecord, (record) => {
        const before = structuredClone(record);
        const { contact, residue } = mapping.toContact(record);
        const stored = JSON.parse(JSON.stringify({ contact, residue }));
        expectSame(stored, { contact, residue });
        const first = mapping.toAcme(contact, residue);
        expectSame({ contact, residue }, stored);
        expectSame(mapping.toAcme(stored.contact, stored.residue), first);
        expectSame(record, before);
      }),
      propertyRuns(`${name}: residue`, 500),
    );
  });

  test('what a pair declares lossless comes back from the contact alone', () => {
    const pairs = mapping.definition.pairs.filter((pair) => pair.lossless);
    const pointers = pairs
      .flatMap((pair) => pair.acme)
      .filter((pointer) => pointer !== '/acme_custom_fields');
    fc.assert(
      fc.property(acmeRecord, (record) => {
        const { contact, problems } = mapping.toContact(record);
        fc.pre(problems.length === 0);
        const { record: back } = mapping.toAcme(contact, {});
        for (const pointer of pointers) expectSame(valueAt(back, pointer), valueAt(record, pointer));
      }),
      propertyRuns(`${name}: lossless`, 500),
    );
  });

  test('a preview calls lossy exactly what does not come back from the contact alone', () => {
    const read = mapping.definition.pairs.filter(
      ({ direction, transform }) => direction !== 'toAcme' && transform.kind !== 'date',
    );
    const pointers = read.flatMap((pair) => pair.acme).filter((pointer) => pointer !== '/acme_custom_fields');
    fc.assert(
      fc.property(acmeRecord, (record) => {
        const { contact, lossy, failed } = mapping.preview(record);
        fc.pre(failed.length === 0);
        const { record: back } = mapping.toAcme(contact, {});
        const told = new Set(
          lossy.filter(({ why }) => why !== 'SHADOWED' && why !== 'DEFAULTED').map(({ pointer }) => pointer),
        );
        for (const pointer of pointers) {
          const same = Object.is(valueAt(back, pointer), valueAt(record, pointer));
          if (typeof valueAt(record, pointer) !== 'object')
            expect([pointer, told.has(pointer)]).toEqual([pointer, !same]);
        }
      }),
      propertyRuns(`${name}: preview`, 500),
    );
  });

  test('nothing throws, whatever JSON it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), acmeRecord, (one, other, record) => {
        mapping.toContact(one as never);
        mapping.preview(one);
        mapping.toAcme(one as never, other as never);
        const { contact, residue } = mapping.toContact(record);
        for (const field of Object.keys(contact))
          mapping.toAcme({ ...contact, [field]: one }, { ...residue, [`acme_${field}`]: other });
      }),
      propertyRuns(`${name}: never throws`, 500),
    );
  });
});
