import { useState } from 'preact/hooks';
import { usePages } from '../../data/use-pages.ts';
import { ListEnd } from '../../elements/list-end.tsx';
import { Page } from '../../elements/page.tsx';
import { hrefOf } from '../../routing/route.ts';
import { api, may } from '../../session/current.ts';
import { SimulatorOnly } from '../deliveries/simulator-only.tsx';
import { Comparison } from './comparison.tsx';
import { RunRows } from './run-rows.tsx';

const MOST_COMPARED = 4;

/** Past runs and their verdicts; up to four of them side by side. */
export const RunsPage = () => {
  const pages = usePages('runs', async (cursor, signal) => {
    const query = { limit: 20, ...(cursor && { cursor }) };
    return (await api.listRuns({ query }, { signal })).body;
  });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const compared = pages.items.filter(({ id }) => chosen.includes(id));
  return (
    <Page
      title="Runs"
      lead="What the simulator played, and how it was judged; the newest 500, for a week"
      actions={
        may('simulator:run') && (
          <a class="button" href={hrefOf(['scenarios'])}>
            Start another
          </a>
        )
      }
    >
      <SimulatorOnly>
        {compared.length > 1 && <Comparison of={compared} />}
        <section class="card flush" aria-label="Runs">
          {pages.items.length > 0 && (
            <RunRows
              of={pages.items}
              chosen={chosen}
              onChosen={(id, wanted) =>
                setChosen(wanted ? [...chosen, id].slice(-MOST_COMPARED) : chosen.filter((one) => one !== id))
              }
            />
          )}
          <ListEnd of={pages} what="runs" hint="Pick scenarios, and start the first one." />
        </section>
      </SimulatorOnly>
    </Page>
  );
};
