import { type BackgroundWork, createBackgroundWork } from './background-work.ts';

export type IndexObserver = {
  readonly built: (contacts: number) => void;
  readonly failed: (error: unknown) => void;
};

/**
 * Has an index brought to what this release keeps, at once and every `intervalMs`, until it is stopped: copies of an older
 * release may still write as they did while it is rolled out.
 */
export const createIndexWork = (
  builder: { readonly build: () => Promise<number> },
  { intervalMs, observer }: { readonly intervalMs: number; readonly observer: IndexObserver },
): BackgroundWork =>
  createBackgroundWork({
    step: async (pause) => {
      try {
        const contacts = await builder.build();
        if (contacts > 0) observer.built(contacts);
      } catch (error) {
        observer.failed(error);
      }
      await pause(intervalMs);
    },
  });
