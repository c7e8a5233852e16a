import { defineScript, loadScript, type Script } from '@contact-sync/redis';

const journal = loadScript(new URL('./journal.lua', import.meta.url));

/** A script of this folder, with the functions of journal.lua before it. */
export const journaledScript = <Result>(definition: {
  readonly name: string;
  readonly keys: number;
  readonly reply: (reply: unknown) => Result;
}): Script<Result> =>
  defineScript({
    ...definition,
    lua: `${journal}\n${loadScript(new URL(`./${definition.name}.lua`, import.meta.url))}`,
  });
