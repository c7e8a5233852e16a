import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cached,
  cacheFolder,
  createProgress,
  findExecutable,
  LaunchError,
  openRun,
  runTool,
} from '../src/launcher.ts';

const PACKAGE = 'schemathesis==4.32.5';

const REMEDY =
  'Install Python 3.10 or newer with pip; schemathesis itself is fetched once, into the cache folder.';

/** Python, and the folder that it finds schemathesis in. */
export type Schemathesis = { readonly python: string; readonly folder: string };

/**
 * Schemathesis from the cache folder, fetched there by pip the first time.
 *
 * @throws {LaunchError} where there is no Python with pip, or nothing can be fetched.
 */
export const findSchemathesis = async (): Promise<Schemathesis> => {
  const progress = createProgress();
  const python = await findExecutable('python3', process.env);
  if (python === undefined) throw new LaunchError('There is no python3.', { remedy: REMEDY });
  const run = await openRun(progress.note);
  try {
    const place = PACKAGE.replace('==', '-');
    const folder = await cached(run, cacheFolder(process.env), place, (draft) =>
      progress.step(`Fetching ${PACKAGE} with pip (once)`, async () => {
        const install = ['-m', 'pip', 'install', '--quiet', '--target', draft, PACKAGE];
        const { exitCode, output } = await runTool(run, python, install, { environment: process.env });
        if (exitCode !== 0)
          throw new LaunchError(`pip cannot install ${PACKAGE}:\n${output}`, { remedy: REMEDY });
      }),
    );
    return { python, folder };
  } finally {
    await run.close();
  }
};

const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'response_headers_conformance',
];

/** Runs all checks with a fixed seed, and shows what it finds as it goes; `parameters` come last and win. */
export const runSchemathesis = async (
  { python, folder }: Schemathesis,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<number> => {
  const always = ['--checks', checks.join(), '--max-examples', '200', '--seed', '1', '--continue-on-failure'];
  const quiet = ['--warnings', 'off', '--no-color'];
  const run = spawn(python, ['-m', 'schemathesis.cli', 'run', ...always, ...quiet, ...parameters], {
    stdio: 'inherit',
    env: { ...process.env, PYTHONPATH: folder, ...environment },
  });
  const [exitCode] = await once(run, 'exit');
  return exitCode ?? 1;
};
