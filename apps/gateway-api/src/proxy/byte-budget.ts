/** Bytes that one holds of a budget. */
export type Booking = {
  /** Books more; false where there is no room for them, and once released. */
  readonly book: (bytes: number) => boolean;
  /** Gives all back. */
  readonly release: () => void;
};

/** Bounds what all together hold in memory; opens a booking for one of them. */
export const createByteBudget = (total: number): (() => Booking) => {
  let held = 0;
  return () => {
    let own = 0;
    let isOpen = true;
    return {
      book: (bytes) => {
        if (!isOpen || held + bytes > total) return false;
        held += bytes;
        own += bytes;
        return true;
      },
      release: () => {
        held -= own;
        own = 0;
        isOpen = false;
      },
    };
  };
};
