import { useLoaded } from '../../data/use-loaded.ts';
import { Page } from '../../elements/page.tsx';
import { View } from '../../elements/view.tsx';
import { hrefOf } from '../../routing/route.ts';
import { api } from '../../session/current.ts';
import { SimulatorOnly } from '../deliveries/simulator-only.tsx';
import { ScenarioForm } from './scenario-form.tsx';

const REFRESH_MS = 3_000;

/** Scenarios to pick, to tune and to start. */
export const ScenariosPage = () => {
  const scenarios = useLoaded(
    'scenarios',
    async (signal) => (await api.listScenarios({}, { signal })).body.items,
  );
  const status = useLoaded('status', async (signal) => (await api.getSimulatorStatus({}, { signal })).body, {
    everyMs: REFRESH_MS,
  });
  const active = status.value?.activeRun;
  return (
    <Page
      title="Scenarios"
      lead="The simulator plays AcmeCRM, and judges what became of every event"
      actions={
        <a class="button" href={hrefOf(['runs'])}>
          Past runs
        </a>
      }
    >
      <SimulatorOnly>
        {active && (
          <div class="note" data-tone="warn" role="status">
            <strong>A run goes on</strong>
            <p>
              One at a time: <a href={hrefOf(['runs', active.id])}>watch it</a>, or stop it there.
            </p>
          </div>
        )}
        <View of={scenarios} what="scenarios">
          {(items) => (
            <ScenarioForm
              scenarios={items}
              targets={status.value?.targets ?? []}
              blocked={active !== undefined}
            />
          )}
        </View>
      </SimulatorOnly>
    </Page>
  );
};
