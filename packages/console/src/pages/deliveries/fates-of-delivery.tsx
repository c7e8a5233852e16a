import type { LoggedDelivery } from '@contact-sync/api-contracts';
import { useLoaded } from '../../data/use-loaded.ts';
import { FateBadge } from '../../elements/fate-badge.tsx';
import { View } from '../../elements/view.tsx';
import { hrefOf } from '../../routing/route.ts';
import { api } from '../../session/current.ts';

const REFRESH_MS = 2_000;

/** What became of the events of a delivery, until all have come to an end. */
export const FatesOfDelivery = ({ of: { eventIds } }: { readonly of: LoggedDelivery }) => {
  const ids = eventIds.slice(0, 100);
  const fates = useLoaded(
    ids.join(),
    async (signal) =>
      ids.length === 0 ? [] : (await api.lookUpEventFates({ body: { ids } }, { signal })).body.results,
    { everyMs: REFRESH_MS },
  );
  return (
    <section class="stack tight" aria-labelledby="fates">
      <h3 id="fates">What became of it</h3>
      <View of={fates} what="fates">
        {(items) =>
          items.every(({ contents }) => contents.length === 0) ? (
            <p class="hint">No event of it is known: nothing of it was taken.</p>
          ) : (
            <ul class="timeline">
              {items.flatMap(({ eventId, contents }) =>
                contents.map(({ fate, contactId }, index) => (
                  <li key={`${eventId} ${index}`}>
                    <div class="row">
                      <FateBadge of={fate} />
                      <a class="mono" href={hrefOf(['events', eventId])}>
                        {eventId}
                      </a>
                    </div>
                    {contactId && <a href={hrefOf(['contacts', contactId])}>The contact</a>}
                  </li>
                )),
              )}
            </ul>
          )
        }
      </View>
    </section>
  );
};
