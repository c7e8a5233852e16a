import { Pool } from 'undici';
import type { Work } from '../harness/turn.ts';

export type ChainOptions = {
  readonly url: string;
  readonly path: string;
  /** The tokens at which the chains stand, one each; each sends one request at a time. */
  readonly tokens: readonly string[];
  readonly seconds: number;
};

type Answer = { readonly refreshToken: string };

/** Takes each token for the next, as fast as they are answered. Gives where the chains stand then. */
export const followChains = async ({
  url,
  path,
  tokens,
  seconds,
}: ChainOptions): Promise<Work & { readonly tokens: readonly string[] }> => {
  const pool = new Pool(url, { connections: tokens.length });
  const startedAt = performance.now();
  const elapsed = () => (performance.now() - startedAt) / 1_000;
  let operations = 0;
  const follow = async (token: string): Promise<string> => {
    let refreshToken = token;
    while (elapsed() < seconds) {
      const body = JSON.stringify({ refreshToken });
      const headers = { 'content-type': 'application/json' };
      const response = await pool.request({ method: 'POST', path, headers, body });
      if (response.statusCode !== 200) throw new Error(`a refresh was answered ${response.statusCode}`);
      ({ refreshToken } = (await response.body.json()) as Answer);
      operations += 1;
    }
    return refreshToken;
  };
  try {
    const ends = await Promise.all(tokens.map(follow));
    return { operations, seconds: elapsed(), tokens: ends };
  } finally {
    await pool.destroy();
  }
};
