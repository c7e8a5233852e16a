import type { Pipeline } from '@contact-sync/api-contracts';
import { LineChart } from '../../elements/line-chart.tsx';
import { Page } from '../../elements/page.tsx';
import { View } from '../../elements/view.tsx';
import { hrefOf } from '../../routing/route.ts';
import { may } from '../../session/current.ts';
import { ratesOf } from '../run/live-series.ts';
import { readingsOf } from './readings-of.ts';
import { StageBox } from './stage-box.tsx';
import { stagesOf } from './stages.ts';
import { usePipeline } from './use-pipeline.ts';

const Charts = ({ past }: { readonly past: readonly Pipeline[] }) => {
  const lineOf = (name: string, count: (pipeline: Pipeline) => number) => ({
    name,
    values: ratesOf(readingsOf(past, count)),
  });
  return (
    <div class="columns">
      <LineChart
        title="Events"
        unit="/s"
        series={[
          lineOf('accepted', ({ accepted }) => accepted.entered),
          lineOf('worked off', ({ accepted }) => accepted.settled),
          lineOf('told', ({ told }) => told.entered),
        ]}
      />
      <LineChart
        title="Backlog"
        unit="waiting"
        series={[
          { name: 'worker', values: past.map(({ accepted }) => accepted.waiting) },
          { name: 'retry', values: past.map(({ retries }) => retries.waiting) },
        ]}
      />
    </div>
  );
};

/** The way of events, stage by stage, as it is just now. */
export const PipelinePage = () => {
  const watched = usePipeline();
  const { past } = watched;
  return (
    <Page title="Pipeline" lead="The way of AcmeCRM's events, of all copies together, once a second">
      <View of={watched} what="the stages">
        {(now) => {
          const stages = stagesOf(now, past);
          const link = (name: string) =>
            name === 'Dead letters' && may('events:replay') ? hrefOf(['dead-letters']) : undefined;
          return (
            <>
              <ol class="flow" aria-label="The way">
                {stages
                  .filter(({ place }) => place === 'way')
                  .map((stage) => (
                    <StageBox key={stage.name} of={stage} />
                  ))}
              </ol>
              <ul class="flow" aria-label="Beside the way">
                {stages
                  .filter(({ place }) => place === 'aside')
                  .map((stage) => (
                    <StageBox key={stage.name} of={stage} href={link(stage.name)} />
                  ))}
              </ul>
            </>
          );
        }}
      </View>
      <Charts past={past} />
    </Page>
  );
};
