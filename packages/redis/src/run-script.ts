import type { Redis } from 'ioredis';
import { type CommandPart, type CommandParts, type Reply, sendTogether } from './command-batch.ts';
import { replyCode, toRedisFault } from './fault.ts';
import type { Script, ScriptCall, ScriptOutcome } from './script.ts';

/** Runs a script by its hash and sends the source only when the server does not know it (a restart, a flush). */
export const runScript = async <Result>(
  client: Redis,
  script: Script<Result>,
  call: ScriptCall,
): Promise<Result> => {
  checkKeys(script, call);
  const parts = partsOf(call);
  let [reply = null] = await sendTogether(client, [['evalsha', script.sha, ...parts]]);
  if (reply instanceof Error && replyCode(reply.message) === 'NOSCRIPT') {
    [reply = null] = await sendTogether(client, [['eval', script.lua, ...parts]]);
  }
  const outcome = outcomeOf(script, reply);
  if (outcome.ok) return outcome.value;
  throw outcome.error;
};

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
  const commands = calls.map((call): CommandParts => {
    checkKeys(script, call);
    return ['evalsha', script.sha, ...partsOf(call)];
  });
  const [, ...replies] = await sendTogether(client, [['script', 'LOAD', script.lua], ...commands]);
  return replies.map((reply) => outcomeOf(script, reply));
};

const partsOf = ({ keys, args }: ScriptCall): readonly CommandPart[] => [keys.length, keys, ...args];

const outcomeOf = <Result>(script: Script<Result>, reply: Reply): ScriptOutcome<Result> =>
  reply instanceof Error
    ? { ok: false, error: toRedisFault(reply) }
    : { ok: true, value: script.reply(reply) };

/** A key too few would turn an argument into a key, silently. */
const checkKeys = (script: Script<unknown>, call: ScriptCall): void => {
  if (script.keys !== 'any' && call.keys.length !== script.keys) {
    throw new RangeError(`script ${script.name} takes ${script.keys} keys, got ${call.keys.length}`);
  }
};
