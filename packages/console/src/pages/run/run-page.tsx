import { useAction } from '../../data/use-action.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { Page } from '../../elements/page.tsx';
import { Problem } from '../../elements/problem.tsx';
import { View } from '../../elements/view.tsx';
import { hrefOf } from '../../routing/route.ts';
import { api, may } from '../../session/current.ts';
import { isOver, RunBadge } from '../runs/run-badge.tsx';
import { RunCharts } from './run-charts.tsx';
import { RunFacts } from './run-facts.tsx';
import { RunProgress } from './run-progress.tsx';
import { useLiveRun } from './use-live-run.ts';
import { VerdictPanel } from './verdict-panel.tsx';

/** One run: how it goes on while it does, and how it was judged. */
export const RunPage = ({ id }: { readonly id: string }) => {
  const loaded = useLoaded(id, async (signal) => (await api.getRun({ params: { id } }, { signal })).body);
  const live = useLiveRun(id);
  const stop = useAction(async () => void (await api.stopRun({ params: { id } })));
  const run = live.run ?? loaded.value;
  const over = run === undefined || isOver(run);
  return (
    <Page
      title="Run"
      actions={
        <>
          {run && <RunBadge of={run} />}
          <a class="button" href={hrefOf(['deliveries'], { runId: id })}>
            Its deliveries
          </a>
          {!over && may('simulator:run') && (
            <button type="button" class="danger" disabled={stop.busy} onClick={() => void stop.run()}>
              Stop the run
            </button>
          )}
        </>
      }
    >
      <Problem error={stop.error ?? live.error} />
      <View of={loaded} what="the run">
        {(asked) => {
          const shown = run ?? asked;
          return (
            <>
              <RunProgress of={shown} />
              {shown.failure && (
                <div class="note" data-tone="bad">
                  <strong>There is no verdict</strong>
                  <p>{shown.failure}</p>
                </div>
              )}
              {shown.verdict && <VerdictPanel of={shown.verdict} />}
              {live.readings.sent.length > 1 && <RunCharts of={live} />}
              <RunFacts of={shown} />
            </>
          );
        }}
      </View>
    </Page>
  );
};
