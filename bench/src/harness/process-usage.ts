import { readFileSync } from 'node:fs';

/** Processes under the names by which rows speak of them. */
export type Pids = Readonly<Record<string, number>>;

// Linux counts CPU time for user space in hundredths of a second on every architecture.
const microsPerTick = 10_000;

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/** User and system time of all threads in a `/proc/<pid>/stat`, in microseconds. */
export const cpuMicrosIn = (stat: string): number => {
  // The second field is the command's name in brackets and may hold anything, blanks and brackets too.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * microsPerTick;
};

/** Resident bytes in a `/proc/<pid>/status`. */
export const residentBytesIn = (status: string): number | undefined => {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1_024;
};

/** Busy time of all CPUs in a `/proc/stat`, in microseconds: all but idle and waiting for disks. */
export const busyMicrosIn = (stat: string): number => {
  const times = (/^cpu +(.*)$/m.exec(stat)?.[1] ?? '').split(' ').map(Number);
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = times;
  return (user + nice + system + irq + softirq + steal) * microsPerTick;
};

/** CPU time that a process has used so far, in microseconds; undefined where the system does not tell (no Linux). */
export const cpuMicrosOf = (pid: number): number | undefined => {
  const stat = read(`/proc/${pid}/stat`);
  return stat === undefined ? undefined : cpuMicrosIn(stat);
};

/** What a process has in memory now, in bytes; undefined where the system does not tell. */
export const residentBytesOf = (pid: number): number | undefined => {
  const status = read(`/proc/${pid}/status`);
  return status === undefined ? undefined : residentBytesIn(status);
};

/** CPU time that the whole machine has spent so far, in microseconds; undefined where the system does not tell. */
export const machineBusyMicros = (): number | undefined => {
  const stat = read('/proc/stat');
  return stat === undefined ? undefined : busyMicrosIn(stat);
};
