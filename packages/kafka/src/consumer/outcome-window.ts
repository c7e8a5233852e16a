export type WindowOptions = {
  /** How many outcomes are looked at. */
  readonly size: number;
  /** The part of them that one fingerprint may have. */
  readonly share: number;
};

/** A failure's fingerprint, or undefined for a record that did not fail or whose failure somebody has accepted. */
export type Mark = string | undefined;

/** The last outcomes, oldest first. */
export const createOutcomeWindow = ({ size, share }: WindowOptions) => {
  let marks: Mark[] = [];
  const most = size * share;

  /** How many from the front fit before one fingerprint would have more than its share. */
  const room = (coming: readonly Mark[]): number => {
    const counts = new Map<Mark, number>();
    const count = (mark: Mark, by: number): number => {
      const now = (counts.get(mark) ?? 0) + by;
      counts.set(mark, now);
      return now;
    };
    for (const mark of marks) count(mark, 1);
    const all = [...marks, ...coming];
    for (const [index, mark] of coming.entries()) {
      const leaving = marks.length + index - size;
      if (leaving >= 0) count(all[leaving], -1);
      if (count(mark, 1) > most && mark !== undefined) return index;
    }
    return coming.length;
  };

  return {
    /** Takes what has room, from the front, and says how many that is. */
    take(coming: readonly Mark[]): number {
      const taken = coming.every((mark) => mark === undefined) ? coming.length : room(coming);
      marks = [...marks, ...coming.slice(0, taken)].slice(-size);
      return taken;
    },
    /** Forgets marks that were taken, the newest ones of their kind. */
    giveBack(back: readonly Mark[]): void {
      for (const mark of back) {
        const index = marks.lastIndexOf(mark);
        if (index !== -1) marks.splice(index, 1);
      }
    },
    clear(): void {
      marks = [];
    },
  };
};
