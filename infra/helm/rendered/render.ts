import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('..', import.meta.url));

/** Of an object of Kubernetes what the checks look at. */
export type KubernetesObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: Readonly<Record<string, unknown>>;
};

const helm = async (...parameters: readonly string[]): Promise<string> => {
  const { stdout } = await run('helm', parameters, { cwd: folder, maxBuffer: 64 * 1_048_576 });
  return stdout;
};

/** Puts the library, or the charts of the umbrella, into a chart. */
export const buildDependencies = (chart: string) => helm('dependency', 'build', '--skip-refresh', chart);

export const lint = (chart: string, ...options: readonly string[]) =>
  helm('lint', '--strict', '--quiet', chart, ...options);

/** The text of every object, as a cluster would get it. Rejects where the values are refused. */
export const template = (chart: string, ...options: readonly string[]) =>
  helm('template', chart, chart, '--namespace', 'contact-sync', ...options);

export const objectsOf = (text: string): KubernetesObject[] =>
  parseAllDocuments(text).flatMap((document) => (document.toJS() as KubernetesObject | null) ?? []);
