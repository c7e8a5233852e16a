import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The process and all that descend from it, whichever group or session they lead, as `ps` shows them now. */
export async function processTree(root: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  const children = Map.groupBy(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]),
    ([, parent]) => parent,
  );
  const below = (pid: number): number[] => [
    pid,
    ...(children.get(pid) ?? []).flatMap(([child]) => below(child)),
  ];
  return below(root);
}
