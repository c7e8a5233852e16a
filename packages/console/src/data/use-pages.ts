import { useEffect, useRef, useState } from 'preact/hooks';

type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor?: string };

/** A list as far as it has been read. */
export type Pages<Item> = {
  readonly items: readonly Item[];
  readonly error: unknown;
  readonly loading: boolean;
  /** Reads the next page; undefined where there is none. */
  readonly more: (() => void) | undefined;
  readonly reload: () => void;
};

type Read<Item> = {
  readonly items: readonly Item[];
  readonly nextCursor: string | undefined;
  readonly error: unknown;
  readonly loading: boolean;
};

const nothing = { items: [], nextCursor: undefined, error: undefined, loading: true };

/**
 * A list page by page, begun anew when the key changes. A page without items that has a next one is read past: filters
 * look at a bounded number of entries a request.
 */
export const usePages = <Item>(
  key: string,
  loadPage: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Item>>,
): Pages<Item> => {
  const [read, setRead] = useState<Read<Item>>(nothing);
  const [round, setRound] = useState(0);
  const ending = useRef(new AbortController());

  const readOn = async (begun: Pick<Read<Item>, 'items' | 'nextCursor'>): Promise<void> => {
    const { signal } = ending.current;
    setRead((before) => ({ ...before, error: undefined, loading: true }));
    try {
      let page = await loadPage(begun.nextCursor, signal);
      while (page.items.length === 0 && page.nextCursor !== undefined)
        page = await loadPage(page.nextCursor, signal);
      if (signal.aborted) return;
      const items = [...begun.items, ...page.items];
      setRead({ items, nextCursor: page.nextCursor, error: undefined, loading: false });
    } catch (error) {
      if (!signal.aborted) setRead((before) => ({ ...before, error, loading: false }));
    }
  };

  useEffect(() => {
    ending.current = new AbortController();
    setRead(nothing);
    void readOn(nothing);
    return () => ending.current.abort();
  }, [key, round]);

  return {
    ...read,
    more: read.nextCursor === undefined || read.loading ? undefined : () => void readOn(read),
    reload: () => setRound((before) => before + 1),
  };
};
