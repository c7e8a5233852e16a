import type { ComponentChildren } from 'preact';
import { useLoaded } from '../../data/use-loaded.ts';
import { Empty, View } from '../../elements/view.tsx';
import { api } from '../../session/current.ts';

/** Pages of the simulator, where there is one that may send; elsewhere it says so. */
export const SimulatorOnly = ({ children }: { readonly children: ComponentChildren }) => {
  const status = useLoaded(
    'status',
    async (signal) => (await api.getSimulatorStatus({}, { signal })).body.enabled,
  );
  return (
    <View of={status} what="the simulator">
      {(enabled) =>
        enabled ? (
          children
        ) : (
          <Empty title="The simulator is off here">
            <p>It is switched on by SIMULATOR_ENABLED, and never in production.</p>
          </Empty>
        )
      }
    </View>
  );
};
