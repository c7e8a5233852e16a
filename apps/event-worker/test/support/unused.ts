/** Stands for parts of the app that a test does not come to: whoever calls them fails. */
export const unused = new Proxy(
  {},
  {
    get: (_, name) => () => {
      throw new Error(`the test did not expect to come to ${String(name)}`);
    },
  },
) as never;
