import { execFile } from 'node:child_process';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findExecutable, isExecutable } from './executable.ts';

export interface Java {
  executable: string;
  /** The feature release: 21, 25. */
  version: number;
}

/** Folders that hold one JVM per entry, on the platforms that we know. */
export const JVM_FOLDERS: readonly string[] = [
  '/usr/lib/jvm',
  '/usr/java',
  '/opt/java',
  '/Library/Java/JavaVirtualMachines',
  '/opt/homebrew/opt',
  '/usr/local/opt',
  join(homedir(), 'Library/Java/JavaVirtualMachines'),
  join(homedir(), '.sdkman/candidates/java'),
  join(homedir(), '.jdks'),
];

// A JVM's home within its entry: the entry itself, a macOS bundle, a Homebrew formula.
const HOMES = ['', 'Contents/Home', 'libexec/openjdk.jdk/Contents/Home'];

/**
 * The newest Java of at least `minimum` that runs: from `JAVA_HOME`, the platform's JVM folders, or the PATH. A
 * machine's default is often older than another that stands beside it.
 */
export async function findJava(
  minimum: number,
  environment: NodeJS.ProcessEnv,
  folders: readonly string[] = JVM_FOLDERS,
): Promise<Java | undefined> {
  const executables = await candidates(environment, folders);
  const known = await Promise.all(executables.map(describe));
  const fitting = known.filter((java) => java !== undefined && java.version >= minimum) as Java[];
  for (const java of fitting.sort((one, other) => other.version - one.version)) {
    if ((await askVersion(java.executable)) !== undefined) return java;
  }
  return undefined;
}

async function candidates(environment: NodeJS.ProcessEnv, folders: readonly string[]): Promise<string[]> {
  const inFolders = await Promise.all(
    folders.map(async (folder) => {
      const entries = await readdir(folder).catch(() => []);
      return entries.flatMap((entry) => HOMES.map((home) => join(folder, entry, home)));
    }),
  );
  const home = environment['JAVA_HOME'];
  const homes = [...(home ? [home] : []), ...inFolders.flat()];
  const onPath = await findExecutable('java', environment);
  const all = [...homes.map((path) => join(path, 'bin/java')), ...(onPath === undefined ? [] : [onPath])];
  const executable = await Promise.all(all.map(isExecutable));
  const real = await Promise.all(all.filter((_, index) => executable[index]).map((path) => realpath(path)));
  return [...new Set(real)];
}

/** Reads the version from the file that each JVM carries; asks the JVM itself only where that file is missing. */
async function describe(executable: string): Promise<Java | undefined> {
  const release = await readFile(join(dirname(dirname(executable)), 'release'), 'utf8').catch(() => '');
  const version =
    featureRelease(/^JAVA_VERSION="([^"]+)"/m.exec(release)?.[1]) ?? (await askVersion(executable));
  return version === undefined ? undefined : { executable, version };
}

async function askVersion(executable: string): Promise<number | undefined> {
  // -version answers on standard error.
  const printed = await promisify(execFile)(executable, ['-version'], { timeout: 10_000 }).catch(
    () => undefined,
  );
  return featureRelease(/version "([^"]+)"/.exec(printed?.stderr ?? '')?.[1]);
}

/** 8 for "1.8.0_412", 17 for "17.0.15", 25 for "25-ea". */
export function featureRelease(version: string | undefined): number | undefined {
  const digits = /^(?:1\.)?(\d+)/.exec(version ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
