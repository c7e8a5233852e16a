/** Signals a process and all its descendants in the process group that it leads; says whether there was one. */
export function killGroup(leader: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(-leader, signal);
  } catch {
    return false;
  }
}
