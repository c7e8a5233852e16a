import type { BenchContext } from '../../harness/bench.ts';
import { type Load, saturated, startLoad } from '../../harness/load.ts';
import { openStage, type Stage } from '../../harness/stage.ts';

export const service = 'auth-service';
export const turns = { rounds: 4, seconds: 5, warmUpSeconds: 4 };

/** As many passwords as auth-service checks at the same time. */
export const atOnce = 2;

/** What all of the bench's parts work on. */
export type Setting = {
  readonly stage: Stage;
  readonly cleanUp: AsyncDisposableStack;
  readonly note: (text: string) => void;
  readonly load: Load;
  /** auth-service, with a limit of bad tries that is out of reach. */
  readonly url: string;
};

export const openSetting = async ({ cleanUp, progress }: BenchContext): Promise<Setting> => {
  const stage = await openStage({ cleanUp, progress });
  const url = await stage.startCopy(service, { name: service, settings: { LOGIN_FREE_FAILURES: '1000' } });
  return { stage, cleanUp, note: progress.note, load: await startLoad(cleanUp), url };
};

export type Tokens = { readonly accessToken: string; readonly refreshToken: string };

const path = '/api/v1/auth/login';

const loginOf = ({ secrets }: Stage) => ({
  method: 'POST' as const,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(secrets.admin),
});

/** One login of the admin's. */
export const logIn = async ({ stage, url }: Setting): Promise<Tokens> => {
  const response = await fetch(`${url}${path}`, loginOf(stage));
  if (!response.ok) throw new Error(`a login was answered ${response.status}`);
  return (await response.json()) as Tokens;
};

/** Logins of the admin's at `url`, one after the other on each connection. */
export const loggingIn = <const Name extends string>(
  { stage, load }: Setting,
  { name, url, connections }: { readonly name: Name; readonly url: string; readonly connections: number },
) => {
  const request = { ...loginOf(stage), path };
  const source = () => ({ kind: 'same', request }) as const;
  return saturated(load, { name, url, connections, source, expectedStatus: 200, guess: 200 });
};
