import { eventually } from '@contact-sync/testing';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { adaHere, calm, edit, knownThere, leadTo, madeOf, type Stage, within } from './stage.ts';

type Cut = 'cut-before-request' | 'cut-before-reply';

const cuts: readonly (readonly [string, Cut])[] = [
  ['before it took effect', 'cut-before-request'],
  ['after it took effect', 'cut-before-reply'],
];

/** A write whose connection is cut: nobody knows whether it was done (design section 6, point 3). */
export const lostAnswerStories = (stage: () => Stage): void => {
  /** Cuts the way to AcmeCRM from now on until it has once been cut. */
  const cutOnce = (kind: Cut) => {
    const { way } = stage();
    const before = way.stats.cuts;
    way.setBehaviour({ kind });
    return async () => {
      await eventually(() => way.stats.cuts > before, within);
      way.setBehaviour({ kind: 'pass' });
    };
  };

  describe.each(cuts)('a write whose connection is cut %s', (_, kind) => {
    beforeAll(() => leadTo(stage(), stage().acme.url));
    beforeEach(() => calm(stage()));

    it('is one version there, and the next edit follows', async () => {
      const { acme } = stage();
      const acmeId = `acme-${kind}`;
      const { id } = await knownThere(stage(), acmeId);
      const isCut = cutOnce(kind);
      await edit(stage(), id, 'Countess');
      await isCut();
      await eventually(() => acme.contacts.get(acmeId)?.record.acme_title === 'Countess', within);
      await edit(stage(), id, 'Duchess');
      await eventually(() => acme.contacts.get(acmeId)?.record.acme_title === 'Duchess', within);
      expect(acme.contacts.get(acmeId)?.record.acme_version).toBe(3);
    });

    it('makes one record, where it is a create, and an edit of meanwhile is not lost', async () => {
      const { api } = stage();
      const isCut = cutOnce(kind);
      const email = `${kind}@example.com`;
      const { id } = (await api.createContact({ body: { ...adaHere, email } })).body;
      await edit(stage(), id, 'Countess');
      await isCut();
      await eventually(() => madeOf(stage(), id)[0]?.record.acme_title === 'Countess', within);
      expect(madeOf(stage(), id)).toHaveLength(1);
    });
  });
};
