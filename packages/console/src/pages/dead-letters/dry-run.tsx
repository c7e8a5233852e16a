import type { DryRunResult, LetterSelection } from '@contact-sync/api-contracts';
import { usePages } from '../../data/use-pages.ts';
import { Changes } from '../../elements/changes.tsx';
import { FateBadge } from '../../elements/fate-badge.tsx';
import { ListEnd } from '../../elements/list-end.tsx';
import { hrefOf } from '../../routing/route.ts';
import { api } from '../../session/current.ts';

const Result = ({ of }: { readonly of: DryRunResult }) => (
  <li>
    <div class="row">
      <FateBadge of={of.outcome} />
      <a class="mono" href={hrefOf(['dead-letters', of.id])}>
        {of.id}
      </a>
      {of.version !== undefined && <span class="hint">would make version {of.version}</span>}
    </div>
    {of.code && (
      <p>
        <code>{of.code}</code> {of.pointer && <code>{of.pointer}</code>}
        {of.retryable && ' may pass by itself'}
      </p>
    )}
    {of.changes && of.changes.length > 0 && <Changes of={of.changes} />}
  </li>
);

const countText = (results: readonly DryRunResult[]): string =>
  [...Map.groupBy(results, ({ outcome }) => outcome)]
    .map(([outcome, some]) => `${some.length} ${outcome}`)
    .join(', ');

/** What a replay would come to now, letter by letter; it changes nothing. */
export const DryRun = ({ select }: { readonly select: LetterSelection }) => {
  const pages = usePages('dry run', async (cursor, signal) => {
    const body = { select, limit: 50, ...(cursor && { cursor }) };
    return (await api.dryRunDeadLetters({ body }, { signal })).body;
  });
  return (
    <section class="card" aria-labelledby="dry-run">
      <h2 id="dry-run">Dry run</h2>
      {pages.items.length > 0 && (
        <p class="lead" role="status">
          A replay now would come to: {countText(pages.items)}
          {pages.more && ', so far'}. Nothing was changed.
        </p>
      )}
      <ol class="timeline">
        {pages.items.map((result) => (
          <Result key={result.id} of={result} />
        ))}
      </ol>
      <ListEnd of={pages} what="letters to try" />
    </section>
  );
};
