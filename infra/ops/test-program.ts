import { type Client, createClient } from '@contact-sync/client';
import { createProgram } from './program.ts';

type Answers = Readonly<Record<string, readonly (readonly [number, unknown])[]>>;

/** The commands on a real client whose answers a test gives, by method and path; the last one stays. */
export const setUp = (answers: Answers) => {
  const asked: { readonly route: string; readonly query: string; readonly body: unknown }[] = [];
  const left = new Map(Object.entries(answers).map(([route, given]) => [route, [...given]]));
  const api = createClient({
    baseUrl: 'http://gateway',
    credentials: { accessToken: 'token' },
    fetch: async (input, init) => {
      const url = new URL(String(input));
      const route = `${init?.method ?? 'GET'} ${url.pathname.replace('/api/v1', '')}`;
      asked.push({
        route,
        query: url.search,
        body: init?.body === undefined || init.body === null ? undefined : JSON.parse(String(init.body)),
      });
      const given = left.get(route);
      const [status, body] = (given !== undefined && given.length > 1 ? given.shift() : given?.[0]) ?? [
        404,
        { code: 'NOT_FOUND' },
      ];
      return new Response(JSON.stringify(body), { status });
    },
  }) as Client;
  const results: string[] = [];
  const told: string[] = [];
  let failed = false;
  const run = async (...args: readonly string[]) => {
    const program = createProgram({
      becomeService: async () => undefined,
      api: () => api,
      terminal: {
        result: (text) => void results.push(text),
        progress: (text) => void told.push(text),
        clear: () => undefined,
      },
      pause: async () => undefined,
      signal: new AbortController().signal,
      fail: () => {
        failed = true;
      },
    });
    for (const command of [program, ...program.commands.flatMap((one) => [one, ...one.commands])]) {
      command.exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
    }
    await program.parseAsync([...args], { from: 'user' });
    return results.join('\n');
  };
  return { run, asked, told, failed: () => failed };
};
