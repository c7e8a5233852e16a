import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AppError } from '@contact-sync/domain';
import type { CommandPart } from './command-batch.ts';

export type ScriptDefinition<Result> = {
  /** For logs and errors. */
  readonly name: string;
  /** The source; {@link loadScript} reads it from a file beside the caller. */
  readonly lua: string;
  /** How many keys each call names; `any` for a script that takes as many as it is given. */
  readonly keys: number | 'any';
  /** Reads the script's reply; called with what Redis answered, bulk strings as UTF-8 text. */
  readonly reply: (reply: unknown) => Result;
};

/** A Lua script that a connection can run by its hash. */
export type Script<Result> = ScriptDefinition<Result> & { readonly sha: string };

/** One call of a script. All keys must be of one shard (design section 2, "Redis"). */
export type ScriptCall = {
  readonly keys: readonly string[];
  readonly args: readonly CommandPart[];
};

/** What became of one call among many; `error` is the AppError that the call alone would have thrown. */
export type ScriptOutcome<Result> =
  | { readonly ok: true; readonly value: Result }
  | { readonly ok: false; readonly error: AppError };

/** Declares a script; its hash is computed once, here. */
export const defineScript = <Result>(definition: ScriptDefinition<Result>): Script<Result> => ({
  ...definition,
  sha: createHash('sha1').update(definition.lua).digest('hex'),
});

/**
 * Reads a script that lies beside its caller: `loadScript(new URL('./apply.lua', import.meta.url))`. Reads at once, so a
 * missing file is found at start. A build must copy `.lua` files beside the compiled caller (`copy-lua src dist`).
 */
export const loadScript = (url: URL): string => readFileSync(url, 'utf8');
