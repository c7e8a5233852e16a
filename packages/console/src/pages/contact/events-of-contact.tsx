import { usePages } from '../../data/use-pages.ts';
import { FateBadge } from '../../elements/fate-badge.tsx';
import { ListEnd } from '../../elements/list-end.tsx';
import { Time } from '../../elements/time.tsx';
import { hrefOf } from '../../routing/route.ts';
import { api } from '../../session/current.ts';

/** What became of the events of a contact. */
export const EventsOfContact = ({ id }: { readonly id: string }) => {
  const pages = usePages(id, async (cursor, signal) => {
    const query = { limit: 20, ...(cursor && { cursor }) };
    return (await api.listContactEvents({ params: { id }, query }, { signal })).body;
  });
  const rows = pages.items.flatMap(({ eventId, contents }) =>
    contents.map((content) => ({ eventId, ...content })),
  );
  return (
    <section class="card flush" aria-labelledby="events">
      <h2 id="events" class="card-head">
        Events
      </h2>
      {rows.length > 0 && (
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">Event</th>
              <th scope="col">Type</th>
              <th scope="col" class="number">
                AcmeCRM version
              </th>
              <th scope="col">Fate</th>
              <th scope="col">Settled</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ eventId, eventType, sourceVersion, fate, settledAt }, index) => (
              <tr key={`${eventId} ${index}`}>
                <th scope="row" class="mono">
                  <a href={hrefOf(['events', eventId])}>{eventId}</a>
                </th>
                <td data-label="Type">{eventType}</td>
                <td data-label="Version" class="number">
                  {sourceVersion}
                </td>
                <td data-label="Fate">
                  <FateBadge of={fate} />
                </td>
                <td data-label="Settled">{settledAt && <Time at={settledAt} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ListEnd of={pages} what="events" hint="A contact made here has none until AcmeCRM tells of it." />
    </section>
  );
};
