import type { Pipeline } from '@contact-sync/api-contracts';
import { useEffect, useState } from 'preact/hooks';
import { type Loaded, useLoaded } from '../../data/use-loaded.ts';
import { api } from '../../session/current.ts';

const EVERY_MS = 1_000;
const KEPT = 240;

/** The stages as they are now, and as they were in the last minutes. */
export type WatchedPipeline = Loaded<Pipeline> & { readonly past: readonly Pipeline[] };

/** Looks once a second, as long as the page is there. */
export const usePipeline = (): WatchedPipeline => {
  const loaded = useLoaded('pipeline', async (signal) => (await api.getPipeline({}, { signal })).body, {
    everyMs: EVERY_MS,
  });
  const [past, setPast] = useState<readonly Pipeline[]>([]);
  const { value } = loaded;
  useEffect(() => {
    if (value && value.at !== past.at(-1)?.at) setPast([...past, value].slice(-KEPT));
  }, [value]);
  return { ...loaded, past };
};
