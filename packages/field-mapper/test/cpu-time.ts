const msOnce = (run: () => void): number => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

/**
 * Milliseconds of processor time that `run` takes: unlike the clock's, no other process on the machine adds to them. The
 * least of five rounds, for compiling and collected garbage of other tests add to some.
 */
export const cpuMs = (run: () => void): number => Math.min(...Array.from({ length: 5 }, () => msOnce(run)));
