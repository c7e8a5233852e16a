import type { OpsContext } from '../context.ts';
import { type SelectOptions, selectionOf } from './selection.ts';

/** `dead-letters discard`. */
export const discardLetters = async (
  { api, terminal, signal }: OpsContext,
  options: SelectOptions & { readonly reason: string; readonly json?: true },
): Promise<void> => {
  const select = selectionOf(options);
  const client = api();
  let discarded = 0;
  let more = true;
  while (more && !signal.aborted) {
    const { body } = await client.discardDeadLetters({ body: { select, reason: options.reason } });
    discarded += body.discarded;
    more = body.more;
    terminal.progress(`${discarded} discarded`);
  }
  terminal.result(options.json ? JSON.stringify({ discarded, more }) : `${discarded} letters discarded.`);
};

/** `dead-letters rebuild`: makes the index anew and waits until it has read everything. */
export const rebuildIndex = async (
  { api, terminal, pause, signal }: OpsContext,
  options: { readonly json?: true },
): Promise<void> => {
  const client = api();
  await client.rebuildDeadLetters();
  for (;;) {
    const { body } = await client.listDeadLetterGroups({ query: { limit: 1 } });
    const { letters, open, behind } = body;
    if (behind === 0 || signal.aborted) {
      const text = `${letters} letters in the index, ${open} open; ${behind} records left to read.`;
      terminal.result(options.json ? JSON.stringify({ letters, open, behind }) : text);
      return;
    }
    terminal.progress(`${behind} records left to read`);
    await pause();
  }
};
