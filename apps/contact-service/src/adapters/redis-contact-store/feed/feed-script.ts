import { defineScript, loadScript, type Script, type ScriptDefinition } from '@contact-sync/redis';

const generation = loadScript(new URL('./generation.lua', import.meta.url));

/** A script that numbers changes or reads their numbers: its keys begin with the feed's, its arguments with who numbers. */
export const defineFeedScript = <Result>(
  definition: Omit<ScriptDefinition<Result>, 'lua'> & { readonly url: URL },
): Script<Result> => {
  const { url, ...rest } = definition;
  return defineScript({ ...rest, lua: generation + loadScript(url) });
};
