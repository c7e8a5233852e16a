import { contactIdOfAcme } from '@contact-sync/domain';
import { acmeContact, acmeEvent, sourceEvent } from '@contact-sync/testing';
import { logIn, workerToken } from '../harness/access-tokens.ts';
import type { Bench } from '../harness/bench.ts';
import { startCeiling } from '../harness/ceiling.ts';
import { cpuRow, memoryRow } from '../harness/cost-rows.ts';
import { rates } from '../harness/figures.ts';
import { interleave } from '../harness/interleave.ts';
import { saturated, startLoad } from '../harness/load.ts';
import { trustNotes } from '../harness/notes.ts';
import { row } from '../harness/row.ts';
import { openStage, type Stage } from '../harness/stage.ts';

const seed = 7;
const path = `/api/v1/contacts/${contactIdOfAcme(`acme-${seed}`)}`;
const turns = { rounds: 4, seconds: 5, warmUpSeconds: 4 };

/** One contact by the way that event-worker takes. */
const insertContact = async (stage: Stage): Promise<void> => {
  const response = await fetch(`${stage.urlOf('contact-service')}/internal/contacts/apply`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await workerToken(stage)}` },
    body: JSON.stringify({ events: [sourceEvent(acmeEvent(acmeContact(seed)))] }),
  });
  const answer = await response.text();
  if (!answer.includes('"applied"'))
    throw new Error(`the contact was not applied: ${response.status} ${answer}`);
};

const readAnswer = async (url: string, headers: Record<string, string>) => {
  const response = await fetch(url, { headers });
  const body = await response.text();
  if (response.status !== 200) throw new Error(`${url} answered ${response.status} ${body}`);
  return { body, etag: response.headers.get('etag') ?? '' };
};

/** An authenticated read of one contact at contact-service, beside a bare Fastify route with the same answer. */
export const benchRead: Bench = async ({ cleanUp, progress }) => {
  const stage = await openStage({ cleanUp, progress });
  await stage.start('auth-service', 'contact-service');
  await insertContact(stage);
  const headers = { authorization: `Bearer ${await logIn(stage)}` };
  const url = stage.urlOf('contact-service');
  const answer = await readAnswer(`${url}${path}`, headers);

  const [load, ceiling] = await Promise.all([startLoad(cleanUp), startCeiling(cleanUp, 'gateway-api')]);
  const ceilingUrl = await ceiling.ask('bareRead', answer);
  const source = () => ({ kind: 'same', request: { method: 'GET', path, headers } }) as const;
  const target = { expectedStatus: 200, source, guess: 1 };
  const taken = await interleave(
    [
      saturated(load, { ...target, name: 'contact-service', url }),
      saturated(load, { ...target, name: 'bare', url: ceilingUrl }),
    ],
    {
      ...turns,
      pids: { ...stage.pids(), load: load.pid, bare: ceiling.pid, bench: process.pid },
      onTurn: progress.note,
    },
  );
  const subject = { turns: taken['contact-service'], process: 'contact-service' };
  const bare = { turns: taken.bare, process: 'bare' };
  return {
    rows: [
      row({
        name: 'authenticated GET of one contact',
        unit: '1/s',
        values: rates(subject.turns),
        ceilings: rates(bare.turns),
      }),
      ...cpuRow('CPU of contact-service for a GET', subject, bare),
      ...cpuRow('CPU of Redis for a GET', { ...subject, process: 'redis' }),
      ...cpuRow('CPU of the load for a GET', { ...subject, process: 'load' }, { ...bare, process: 'load' }),
      ...memoryRow('memory of contact-service, end beside 20 %', subject),
      ...memoryRow('memory of the bare route, end beside 20 %', bare),
    ],
    notes: [
      `Ceiling: a bare Fastify route that answers the same ${Buffer.byteLength(answer.body)} bytes from memory.`,
      'One contact and one token: every cache is warm. Cold reads, lists and writes are not measured here.',
      ...trustNotes(taken),
    ],
  };
};
