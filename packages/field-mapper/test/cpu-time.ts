/** Milliseconds of processor time that `run` takes: unlike the clock's, no other process on the machine adds to them. */
export const cpuMs = (run: () => void): number => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};
