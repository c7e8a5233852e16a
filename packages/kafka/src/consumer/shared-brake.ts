import type { Logger } from '../logger.ts';
import type { Braked, BrakeStore } from './brake-store.ts';

export type SharedBrakeOptions = {
  readonly store?: BrakeStore;
  readonly logger: Logger;
  readonly onChange: (braked: Braked | undefined) => void;
};

/**
 * Whether the group is braked, as far as this copy knows: what it did itself counts at once, also while the store is away,
 * and what others did from the next look on.
 */
export const createSharedBrake = ({ store, logger, onChange }: SharedBrakeOptions) => {
  let accepted: ReadonlySet<string> = new Set();
  let braked: Braked | undefined;
  let isStored = false;

  const set = (next: Braked | undefined): void => {
    const isNews = next?.fingerprint !== braked?.fingerprint;
    braked = next;
    if (isNews) onChange(next);
  };

  const save = async (): Promise<void> => {
    if (store === undefined || braked === undefined || isStored) return;
    await store.brake(braked);
    isStored = true;
  };

  return {
    braked: (): Braked | undefined => braked,
    isAccepted: (fingerprint: string): boolean => accepted.has(fingerprint),
    brake(next: Braked): void {
      isStored = false;
      set(next);
      save().catch(() => undefined);
    },
    release(): void {
      const fingerprint = braked?.fingerprint;
      set(undefined);
      if (fingerprint !== undefined) store?.release(fingerprint).catch(() => undefined);
    },
    /** Tells what this copy did and could not tell, and reads what others did. Never rejects. */
    async sync(): Promise<void> {
      try {
        await save();
        const view = await store?.load();
        if (view === undefined) return;
        accepted = new Set(view.accepted);
        const isUntold = braked !== undefined && !isStored;
        if (view.braked === undefined && isUntold) return;
        isStored = true;
        set(view.braked);
      } catch (error) {
        logger.debug({ err: error }, 'the state of the brake cannot be read; going by what is known');
      }
    },
  };
};
