import type { Logger } from '../logger.ts';

type Close = () => Promise<unknown> | unknown;

/** What has been opened so far and is to be released. */
export type Closers = {
  add(name: string, close: Close): void;
  /** Releases everything, newest first, the rest also where one fails, which is logged. Gives whether none did. */
  closeAll(): Promise<boolean>;
  /** What is being released right now. */
  underWay(): string | undefined;
};

export const createClosers = (logger: Logger): Closers => {
  const opened: { readonly name: string; readonly close: Close }[] = [];
  let underWay: string | undefined;
  return {
    add: (name, close) => void opened.push({ name, close }),
    closeAll: async () => {
      let hasFailed = false;
      for (const { name, close } of opened.splice(0).reverse()) {
        underWay = name;
        try {
          await close();
        } catch (err) {
          hasFailed = true;
          logger.error({ err, part: name }, 'could not be closed');
        }
      }
      underWay = undefined;
      return !hasFailed;
    },
    underWay: () => underWay,
  };
};
