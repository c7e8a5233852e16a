import { describe, expect, it } from 'vitest';
import type { CrmConduct } from '../src/crm-ports.ts';

/** What every {@link CrmConduct} guarantees. */
export const conductContract = (name: string, create: () => CrmConduct): void => {
  describe(`${name} as the keeper of how AcmeCRM behaves`, () => {
    it('gives what was set last, and nothing before', async () => {
      const conduct = create();
      expect(await conduct.current()).toEqual({});
      await conduct.set({ latencyMs: 5 }, 60);
      await conduct.set({ normalises: true, fails: [{ as: 'limited', forSeconds: 1, everySeconds: 2 }] }, 60);
      expect(await conduct.current()).toEqual({
        normalises: true,
        fails: [{ as: 'limited', forSeconds: 1, everySeconds: 2 }],
      });
    });

    it('counts webhooks from 1, and anew with each conduct', async () => {
      const conduct = create();
      expect([await conduct.atWebhook(), await conduct.atWebhook()]).toMatchObject([{ nth: 1 }, { nth: 2 }]);
      const dropping = { dropWebhooks: { drop: 1, of: 2 } };
      await conduct.set(dropping, 60);
      expect(await conduct.atWebhook()).toEqual({ conduct: dropping, nth: 1 });
    });

    it('counts a webhook under the conduct that it is told, whatever is set at the same moment', async () => {
      const conduct = create();
      const seen = await Promise.all(
        Array.from({ length: 200 }, async (_, index) => {
          if (index % 20 === 0) await conduct.set({ latencyMs: index + 1 }, 60);
          const { conduct: now, nth } = await conduct.atWebhook();
          return `${now.latencyMs} ${nth}`;
        }),
      );
      expect(new Set(seen).size).toBe(seen.length);
    });
  });
};
