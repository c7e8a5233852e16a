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
      expect([await conduct.countWebhook(), await conduct.countWebhook()]).toEqual([1, 2]);
      await conduct.set({ dropWebhooks: { drop: 1, of: 2 } }, 60);
      expect(await conduct.countWebhook()).toBe(1);
    });
  });
};
