import type { HistoryEntry } from '@contact-sync/domain';
import { useEffect, useRef } from 'preact/hooks';
import { usePages } from '../../data/use-pages.ts';
import { Changes } from '../../elements/changes.tsx';
import { ListEnd } from '../../elements/list-end.tsx';
import { Time } from '../../elements/time.tsx';
import { route } from '../../routing/current-route.ts';
import { hrefOf } from '../../routing/route.ts';
import { api, me } from '../../session/current.ts';
import { historyOfField, makerText, reasonText } from './history-of-field.ts';

const Entry = ({ of, chosen }: { readonly of: HistoryEntry; readonly chosen: boolean }) => (
  <li data-chosen={chosen}>
    <div class="row">
      <strong>{makerText(of, me())}</strong>
      <span class="hint">
        <Time at={of.at} />
        {of.version !== undefined && `, made version ${of.version}`}
      </span>
    </div>
    {chosen && <p>{reasonText(of)}</p>}
    {of.changes.length > 0 ? <Changes of={of.changes} /> : <p class="hint">No field changed.</p>}
    <p class="hint row">
      {of.sourceEventId && (
        <a href={hrefOf(['events', of.sourceEventId])}>
          event <span class="mono">{of.sourceEventId}</span>
        </a>
      )}
      {of.mappingId && (
        <span>
          mapping <span class="mono">{of.mappingId.slice(0, 12)}</span>
        </span>
      )}
    </p>
  </li>
);

/** Who changed what and when; of one field alone where the address names it, with why it holds what it holds. */
export const History = ({ id, version }: { readonly id: string; readonly version: number | undefined }) => {
  const { field } = route.value.query;
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (field !== undefined) section.current?.scrollIntoView({ block: 'start' });
  }, [field]);
  const pages = usePages(`${id} ${version}`, async (cursor, signal) => {
    const query = { limit: 100, ...(cursor && { cursor }) };
    return (await api.getHistory({ params: { id }, query }, { signal })).body;
  });
  const shown = field === undefined ? pages.items : historyOfField(field, pages.items);
  return (
    <section class="card" aria-labelledby="history" ref={section}>
      <div class="row apart">
        <h2 id="history">{field === undefined ? 'History' : `Why ${field} holds what it holds`}</h2>
        {field !== undefined && <a href={hrefOf(['contacts', id])}>The whole history</a>}
      </div>
      {field !== undefined && shown.length === 0 && !pages.loading && pages.items.length > 0 && (
        <p>Nobody has set it in the entries that are kept, the last 100.</p>
      )}
      <ol class="timeline">
        {shown.map((entry, index) => (
          <Entry key={entry.sequence} of={entry} chosen={field !== undefined && index === 0} />
        ))}
      </ol>
      <ListEnd of={pages} what="history" />
    </section>
  );
};
