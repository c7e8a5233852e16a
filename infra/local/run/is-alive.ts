/** Whether a process of this user has the pid. */
export function isAlive(pid: number): boolean {
  // 0 and below stand for whole process groups.
  if (!(pid > 0)) return false;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
