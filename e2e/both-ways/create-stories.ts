import { type AcmeTrouble, eventually, type ProxyBehaviour } from '@contact-sync/testing';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { adaHere, calm, edit, leadTo, madeOf, type Stage, tell, within } from './stage.ts';

type Victim = 'event-worker' | 'contact-service';

/** The contact whose create has come so far, and what goes on once somebody is dead. */
type Reached = { readonly id: string; readonly meanwhile?: () => unknown };

const born = async ({ api }: Stage): Promise<string> => {
  const email = `${crypto.randomUUID()}@example.com`;
  return (await api.createContact({ body: { ...adaHere, email } })).body.id;
};

const isLinked = ({ api }: Stage, id: string) =>
  eventually(async () => {
    const { body } = await api.getAcmeRecord({ params: { id } });
    expect(body.sourceVersion).toBe(1);
  }, within);

/** Makes the contact while its create meets this; resolves when AcmeCRM was asked for it. */
const asked = async (stage: Stage, meets: () => AcmeTrouble | undefined): Promise<string> => {
  let isAsked = false;
  stage.acme.trouble(({ method }) => {
    if (isAsked || method !== 'POST') return undefined;
    isAsked = true;
    return meets();
  });
  const id = await born(stage);
  await eventually(() => isAsked, within);
  return id;
};

/** As `asked`; resolves when what the worker brings back to contact-service has met this. */
const answered = async (stage: Stage, behaviour: ProxyBehaviour): Promise<string> => {
  const { inside } = stage;
  const before = inside.stats.cuts;
  const id = await asked(stage, () => {
    inside.setBehaviour(behaviour);
    return undefined;
  });
  await eventually(() => inside.stats.cuts > before, within);
  return id;
};

const createdThere = (stage: Stage, id: string) => {
  const [made] = madeOf(stage, id);
  if (made === undefined) throw new Error('AcmeCRM has made nothing');
  return tell(stage, made);
};

/** How far a create has come, by what AcmeCRM and we know of it. */
const moments: Readonly<Record<string, (stage: Stage) => Promise<Reached>>> = {
  'before AcmeCRM gets it': async (stage) => ({
    id: await asked(stage, () => ({ kind: 'silent', effect: 'none' })),
  }),
  'after AcmeCRM has done it, before its answer': async (stage) => ({
    id: await asked(stage, () => ({ kind: 'silent', effect: 'done' })),
  }),
  'after the answer, before it is noted here': async (stage) => ({
    id: await answered(stage, { kind: 'cut-before-request' }),
  }),
  'after the answer is noted, before the change is committed': async (stage) => {
    const id = await answered(stage, { kind: 'cut-before-reply', to: '/internal/contacts/apply' });
    await isLinked(stage, id);
    return { id };
  },
  'after its webhook, before its answer': async (stage) => {
    const held = Promise.withResolvers<void>();
    const id = await asked(stage, () => ({ kind: 'held', until: held.promise }));
    await createdThere(stage, id);
    await isLinked(stage, id);
    return { id, meanwhile: held.resolve };
  },
  'after its answer, before its webhook': async (stage) => {
    const id = await asked(stage, () => undefined);
    await isLinked(stage, id);
    return { id, meanwhile: () => createdThere(stage, id) };
  },
};

const victims: readonly Victim[] = ['event-worker', 'contact-service'];

const killings = victims.flatMap((victim) =>
  Object.entries(moments).map(([moment, reach]) => [victim, moment, reach] as const),
);

/** What AcmeCRM has of the contact, and that it is one record. */
const onlyRecord = (stage: Stage, id: string) => {
  const made = madeOf(stage, id);
  expect(made).toHaveLength(1);
  return made[0];
};

/** A contact that was born here is made there once (design section 6, point 4), whoever dies when. */
export const createStories = (stage: () => Stage): void => {
  describe('a contact born here', () => {
    beforeAll(() => leadTo(stage(), stage().acme.url));
    beforeEach(() => calm(stage()));

    it.each(killings)(
      'is one record there, which its update and delete reach, where %s is killed %s',
      async (victim, _, reach) => {
        const { api, acme, system } = stage();
        const { id, meanwhile } = await reach(stage());

        await system.processes[victim].kill('SIGKILL');
        calm(stage());
        await meanwhile?.();
        await system.processes[victim].restart();

        await edit(stage(), id, 'Countess');
        await eventually(() => onlyRecord(stage(), id)?.record.acme_title === 'Countess', within);
        const params = { id };
        const { etag = '', body } = await api.getContact({ params });
        await api.deleteContact({ params, ifMatch: etag });
        await eventually(() => onlyRecord(stage(), id)?.deleted === true, within);

        const changes = acme.changes.filter(({ record }) => record['acme_external_id'] === id);
        for (const change of changes) await tell(stage(), change);
        const ids = changes.map(({ record }) => `evt_${record.id}_${record.acme_version}`);
        await eventually(async () => {
          const { results } = (await api.lookUpEventFates({ body: { ids } })).body;
          for (const { contents } of results) {
            expect(contents).not.toEqual([]);
            for (const { fate } of contents) expect(fate).toMatch(/^(duplicate|unchanged|superseded)$/);
          }
        }, within);
        const query = { email: body?.email ?? '', includeDeleted: true };
        const { items } = (await api.listContacts({ query })).body;
        expect(items.map((contact) => contact.id)).toEqual([id]);
      },
    );
  });
};
