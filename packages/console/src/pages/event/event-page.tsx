import { useLoaded } from '../../data/use-loaded.ts';
import { Page } from '../../elements/page.tsx';
import { View } from '../../elements/view.tsx';
import { api } from '../../session/current.ts';
import { ContentCard } from './content-card.tsx';

/** What became of one event, an entry for each content that came under its id. */
export const EventPage = ({ id }: { readonly id: string }) => {
  const fate = useLoaded(id, async (signal) => (await api.findEventFate({ query: { id } }, { signal })).body);
  return (
    <Page title="Event" lead={id}>
      <View of={fate} what="the event">
        {({ contents, incomplete }) => (
          <>
            {incomplete && (
              <div class="note" data-tone="warn">
                <strong>What ingest knows is missing</strong>
                <p>webhook-ingest did not answer; its receipts and duplicates are not shown.</p>
              </div>
            )}
            {contents.map((content, index) => (
              <ContentCard key={index} of={content} />
            ))}
          </>
        )}
      </View>
    </Page>
  );
};
