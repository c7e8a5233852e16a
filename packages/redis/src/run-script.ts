import type { ChainableCommander, Redis } from 'ioredis';
import { queueEncoded } from './encoded-command.ts';
import { replyCode, toRedisFault } from './fault.ts';
import type { Script, ScriptCall, ScriptOutcome } from './script.ts';

/** Runs a script by its hash and sends the source only when the server does not know it (a restart, a flush). */
export const runScript = async <Result>(
  client: Redis,
  script: Script<Result>,
  call: ScriptCall,
): Promise<Result> => script.reply(await evaluate(client, script, call));

/**
 * Runs the calls in order in one round trip. The source goes ahead of them: without it, a server that lost its scripts
 * in between would refuse the first calls and run later ones, and a contact's events would overtake each other.
 */
export const runScripts = async <Result>(
  client: Redis,
  script: Script<Result>,
  calls: readonly ScriptCall[],
): Promise<ScriptOutcome<Result>[]> => {
  if (calls.length === 0) return [];
  const pipeline = client.pipeline();
  pipeline.script('LOAD', script.lua);
  for (const call of calls) queue(pipeline, script, call);
  const [loaded, ...replies] = (await pipeline.exec()) ?? [];
  return calls.map((_, index) => outcomeOf(script, replies[index] ?? [loaded?.[0] ?? null, null]));
};

const evaluate = async (client: Redis, script: Script<unknown>, call: ScriptCall): Promise<unknown> => {
  checkKeys(script, call);
  const parameters = [call.keys.length, ...call.keys, ...call.args] as const;
  try {
    return await client.evalsha(script.sha, ...parameters);
  } catch (error) {
    if (!(error instanceof Error) || replyCode(error.message) !== 'NOSCRIPT') throw toRedisFault(error);
  }
  try {
    return await client.eval(script.lua, ...parameters);
  } catch (error) {
    throw toRedisFault(error);
  }
};

const queue = (pipeline: ChainableCommander, script: Script<unknown>, call: ScriptCall): void => {
  checkKeys(script, call);
  queueEncoded(pipeline, 'evalsha', [script.sha, call.keys.length, ...call.keys, ...call.args]);
};

const outcomeOf = <Result>(
  script: Script<Result>,
  [error, reply]: readonly [error: Error | null, reply: unknown],
): ScriptOutcome<Result> =>
  error === null ? { ok: true, value: script.reply(reply) } : { ok: false, error: toRedisFault(error) };

/** A key too few would turn an argument into a key, silently. */
const checkKeys = (script: Script<unknown>, call: ScriptCall): void => {
  if (script.keys !== 'any' && call.keys.length !== script.keys) {
    throw new RangeError(`script ${script.name} takes ${script.keys} keys, got ${call.keys.length}`);
  }
};
