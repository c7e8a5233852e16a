import { readFileSync } from 'node:fs';
import { allContracts, contactSyncLadder, deadLetterTopic, writeBackLadder } from '@contact-sync/kafka';
import { expect, test } from 'vitest';
import { readAclFile } from './acl-file.ts';
import { readTopicFile } from './topic-file.ts';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const grants = readAclFile(read('./acls.yaml'));
const topics = readTopicFile(read('./topics.yaml')).topics.map(({ name }) => name);

const covers = (granted: string, name: string) =>
  granted.endsWith('*') ? name.startsWith(granted.slice(0, -1)) : granted === name;

test('every grant is about a topic that is declared', () => {
  const idle = grants.filter(
    ({ resource, name }) => resource === 'topic' && !topics.some((topic) => covers(name, topic)),
  );
  expect(idle).toEqual([]);
});

test('every topic that is declared has somebody who writes it', () => {
  const mute = topics.filter(
    (topic) =>
      !grants.some(
        ({ resource, operation, name }) =>
          resource === 'topic' && operation === 'write' && covers(name, topic),
      ),
  );
  expect(mute).toEqual([]);
});

test('nobody but event-worker reads, and a service writes what its own part of the path sends', () => {
  const readers = new Set(grants.filter(({ operation }) => operation === 'read').map(({ user }) => user));
  expect(readers).toEqual(new Set(['event-worker', 'event-worker-2']));
  const writtenBy = (user: string) =>
    topics.filter((topic) =>
      grants.some((grant) => grant.user === user && grant.operation === 'write' && covers(grant.name, topic)),
    );
  const contracts = allContracts.map(({ topic }) => topic);
  expect(writtenBy('webhook-ingest').toSorted()).toEqual(
    contracts.filter((topic) => topic.startsWith('acme.')).toSorted(),
  );
  expect(writtenBy('contact-service').toSorted()).toEqual(
    contracts.filter((topic) => topic.startsWith('integration.')).toSorted(),
  );
  expect(writtenBy('event-worker')).toEqual(
    expect.arrayContaining([
      ...[contactSyncLadder, writeBackLadder].flatMap(({ tiers, strayLetters }) => [
        ...tiers.map(({ topic }) => topic),
        strayLetters,
      ]),
      ...contracts.filter((topic) => !topic.includes('quarantine')).map(deadLetterTopic),
    ]),
  );
});

test('both users of a service may do the same', () => {
  const without = (user: string) =>
    grants.filter((grant) => grant.user === user).map(({ user: _, ...grant }) => grant);
  for (const service of ['webhook-ingest', 'contact-service', 'event-worker'])
    expect(without(`${service}-2`)).toEqual(without(service));
});

test.each([
  ['services: { a: { write: [t] } }', 'a: has no users'],
  ['services: { a: { users: [a], write: t } }', 'a: write must be a list of names'],
])('refuses %s and says why', (text, reason) => {
  expect(() => readAclFile(text)).toThrow(reason);
});
