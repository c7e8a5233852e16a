import type { Work } from '../harness/turn.ts';
import type { Pace } from './pace.ts';
import { openTrouble, type TroubleOptions } from './trouble.ts';
import { openVisibility, type VisibilityOptions } from './visibility.ts';

export type PathOptions = VisibilityOptions & TroubleOptions;

/** Every how manieth event is one that can never be applied. */
export type Poison = { readonly poisonEvery: number };

/** Resolves, when the contacts are visible, with what follows updates of them, with and without trouble beside them. */
export const openPath = async (options: PathOptions) => {
  const [visibility, trouble] = [await openVisibility(options), await openTrouble(options)];
  return {
    follow: (steady: Pace): Promise<Work> => visibility.follow(steady),
    fillTier: trouble.fillTier,
    untilCalm: trouble.untilCalm,

    /** Follows the sound ones among poison, beside a tier that is full all the time; rejects when it was not. */
    async followInTrouble({ poisonEvery, ...steady }: Pace & Poison): Promise<Work> {
      const work = await visibility.follow(steady, (index) =>
        index % poisonEvery === poisonEvery - 1 ? trouble.poison(visibility.contradict) : undefined,
      );
      trouble.assertFull();
      return work;
    },
  };
};
