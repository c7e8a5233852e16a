/** One timer for many deadlines: armed for the nearest, and for the next when that has passed. */
export const createDeadlineTimer = (onDue: () => void) => {
  let timer: NodeJS.Timeout | undefined;

  return {
    /** Arms the timer unless it is; `at` is a clock of `performance.now()`. */
    arm(at: number | undefined): void {
      if (timer !== undefined || at === undefined) return;
      timer = setTimeout(
        () => {
          timer = undefined;
          onDue();
        },
        Math.max(1, at - performance.now()),
      );
    },
    disarm(): void {
      clearTimeout(timer);
      timer = undefined;
    },
  };
};
