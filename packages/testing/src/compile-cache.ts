/**
 * For the environment of a process that gets nothing else of ours: where Node keeps what it has compiled, if this process
 * has such a place (`NODE_COMPILE_CACHE`). A service that starts from its sources takes a third less processor time then.
 */
export const compileCache = (): Readonly<Record<string, string>> => {
  const folder = process.env['NODE_COMPILE_CACHE'];
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
};
