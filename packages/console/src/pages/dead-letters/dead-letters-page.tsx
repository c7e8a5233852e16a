import { useLoaded } from '../../data/use-loaded.ts';
import { Page } from '../../elements/page.tsx';
import { View } from '../../elements/view.tsx';
import { route } from '../../routing/current-route.ts';
import { api } from '../../session/current.ts';
import { GroupDetail } from './group-detail.tsx';
import { GroupRows } from './group-rows.tsx';
import { IndexFigures } from './index-figures.tsx';
import { ReplayList } from './replay-list.tsx';

const REFRESH_MS = 5_000;

/** Open letters by cause; of one cause its letters, where the address names it. */
export const DeadLettersPage = () => {
  const { fingerprint } = route.value.query;
  const groups = useLoaded(
    'groups',
    async (signal) => (await api.listDeadLetterGroups({ query: { limit: 100 } }, { signal })).body,
    { everyMs: REFRESH_MS },
  );
  if (fingerprint !== undefined)
    return (
      <GroupDetail
        key={fingerprint}
        fingerprint={fingerprint}
        group={groups.value?.groups.find((group) => group.fingerprint === fingerprint)}
        onChanged={groups.reload}
      />
    );
  return (
    <Page title="Dead letters" lead="Events and deliveries that could not be applied, by their cause">
      <View of={groups} what="the groups">
        {(index) => (
          <>
            <IndexFigures of={index} />
            <GroupRows of={index.groups} />
          </>
        )}
      </View>
      <ReplayList />
    </Page>
  );
};
