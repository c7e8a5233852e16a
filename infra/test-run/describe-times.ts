import type { FileTime } from './run-record.ts';

const SLOWEST = 10;

/** Above this a file is named as slow: people wait for it several times a day. */
const SLOW_FILE_S = 20;

/** The time of each project and the slowest files, one line each; nothing for a run of a few files. */
export function describeTimes(files: readonly FileTime[]): string[] {
  if (files.length <= SLOWEST) return [];
  const projects = [...Map.groupBy(files, ({ project }) => project)].map(([name, own]) => {
    const [from, to] = [Math.min(...own.map((f) => f.startedAt)), Math.max(...own.map((f) => f.endedAt))];
    const sum = own.reduce((total, { seconds }) => total + seconds, 0);
    return `  ${name.padEnd(12)} ${own.length} files, ${sum.toFixed(0)} s of them, from ${from.toFixed(0)} s to ${to.toFixed(0)} s of the run`;
  });
  const slowest = files
    .toSorted((one, other) => other.seconds - one.seconds)
    .slice(0, SLOWEST)
    .map(({ path, seconds }) => {
      const mark = seconds > SLOW_FILE_S ? `  slow: above ${SLOW_FILE_S} s` : '';
      return `  ${seconds.toFixed(1).padStart(6)} s  ${path}${mark}`;
    });
  return ['Time of each project:', ...projects, `The ${SLOWEST} slowest files:`, ...slowest];
}
