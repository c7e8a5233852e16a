import { contactIdOfAcme } from '@contact-sync/domain';
import { eventually } from '@contact-sync/testing';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ada, calm, edit, knownThere, leadTo, type Stage, tell, within } from './stage.ts';
import { readWriter } from './writer-metrics.ts';

/** So many contacts may be unknown there in a row before it is a wrong account. */
const mostUnknown = 10;
const strangers = mostUnknown + 2;

/** What nobody but people can decide (design section 6). */
export const decisionStories = (stage: () => Stage): void => {
  describe('what people have to decide', () => {
    beforeAll(() => leadTo(stage(), stage().acme.url));
    beforeEach(() => calm(stage()));

    const titleHere = async (id: string) => (await stage().api.getContact({ params: { id } })).body?.title;

    it('a field that both sides changed is the owner’s, and resolved with ours it reaches AcmeCRM', async () => {
      const { api, acme } = stage();
      const { id } = await knownThere(stage(), 'acme-both');
      const theirs = acme.edit('acme-both', { acme_title: 'Analyst' });
      await edit(stage(), id, 'Countess');
      await tell(stage(), { record: theirs, deleted: false });
      await eventually(async () => expect(await titleHere(id)).toBe('Analyst'), within);
      const conflict = await eventually(async () => {
        const { items } = (await api.listConflicts({ query: { limit: 100 } })).body;
        const found = items.find(({ contactId }) => contactId === id);
        const fields = [{ field: 'title', ours: 'Countess', theirs: 'Analyst' }];
        expect(found).toMatchObject({ cause: 'both-changed', fields });
        return found;
      }, within);
      expect(acme.contacts.get('acme-both')?.record.acme_title).toBe('Analyst');

      await api.resolveConflict({ params: { id: conflict?.id ?? '' }, body: { take: 'ours' } });

      await eventually(() => acme.contacts.get('acme-both')?.record.acme_title === 'Countess', within);
      expect(await titleHere(id)).toBe('Countess');
    });

    it('two programs that set one field back for ever are stopped after six writes, until somebody resolves it', async () => {
      const { api, acme } = stage();
      const { id } = await knownThere(stage(), 'acme-loop');
      const titleThere = () => acme.contacts.get('acme-loop')?.record.acme_title;
      const frozen = async () =>
        (await api.listConflicts({ query: { limit: 100 } })).body.items.find(
          ({ contactId, cause }) => contactId === id && cause === 'frozen',
        );
      let rounds = 0;
      while ((await frozen()) === undefined) {
        rounds += 1;
        const [ours, theirs] = [`Ours ${rounds}`, `Theirs ${rounds}`];
        await edit(stage(), id, ours);
        await eventually(async () => titleThere() === ours || (await frozen()) !== undefined, within);
        if (titleThere() !== ours) break;
        const record = acme.edit('acme-loop', { acme_title: theirs });
        await tell(stage(), { record, deleted: false });
        await eventually(async () => expect(await titleHere(id)).toBe(theirs), within);
      }
      expect(acme.changes.filter(({ by, record }) => by === 'api' && record.id === 'acme-loop')).toHaveLength(
        6,
      );
      expect(titleThere()).toBe('Theirs 6');

      await api.resolveConflict({ params: { id: (await frozen())?.id ?? '' }, body: { take: 'ours' } });

      await eventually(() => titleThere() === 'Ours 7', within);
    });

    it('a record that names a contact of another is a letter, and neither contact changes', async () => {
      const { api } = stage();
      const { id } = await knownThere(stage(), 'acme-own');
      const record = { id: 'acme-foreign', acme_version: 1, ...ada, acme_external_id: id };
      await tell(stage(), { record, deleted: false });
      await eventually(async () => {
        const { items } = (await api.listDeadLetters({ query: { code: 'LINK_CONFLICT' } })).body;
        expect(items).toHaveLength(1);
      }, within);
      expect((await api.getContact({ params: { id } })).body).toMatchObject({ version: 1 });
      const foreign = { id: contactIdOfAcme('acme-foreign') };
      await expect(api.getContact({ params: foreign })).rejects.toMatchObject({ status: 404 });
    });

    it('an account that knows none of our contacts deletes nothing, and what is left waits for the right one', async () => {
      const { api, acme, system } = stage();
      const acmeIds = Array.from({ length: strangers }, (_, index) => `acme-stranger-${index}`);
      const known = await Promise.all(acmeIds.map((acmeId) => knownThere(stage(), acmeId)));
      const { pauses } = await readWriter(system);
      const asked = new Set<string>();
      acme.trouble(({ id }) => {
        if (id === undefined) return undefined;
        asked.add(id);
        return { kind: 'answer', status: 404 };
      });
      await Promise.all(known.map(({ id }) => edit(stage(), id, 'Countess')));
      await eventually(async () => {
        expect(asked.size).toBeGreaterThan(mostUnknown);
        expect((await readWriter(system)).pauses).toBeGreaterThan(pauses);
      }, within);
      calm(stage());

      const isWritten = (acmeId: string) => acme.contacts.get(acmeId)?.record.acme_title === 'Countess';
      const unknown = async () => {
        const { items } = (await api.listConflicts({ query: { limit: 100 } })).body;
        return items.filter(({ cause }) => cause === 'not-found').map(({ contactId }) => contactId);
      };
      await eventually(async () => {
        const left = known.filter((_, index) => !isWritten(acmeIds[index] ?? ''));
        expect((await unknown()).toSorted()).toEqual(left.map(({ id }) => id).toSorted());
        const { items } = (await api.listDeadLetters({ query: { code: 'ACME_NOT_FOUND' } })).body;
        expect(items.map(({ contactId }) => contactId).toSorted()).toEqual(
          left.map(({ id }) => id).toSorted(),
        );
        expect((await readWriter(system)).lag).toBe(0);
      }, within);
      expect((await unknown()).length).toBeLessThanOrEqual(mostUnknown);
      for (const { id } of known) {
        expect((await api.getContact({ params: { id } })).body).not.toHaveProperty('deletedAt');
      }
    });
  });
};
