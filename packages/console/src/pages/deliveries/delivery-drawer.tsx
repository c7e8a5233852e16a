import { useAction } from '../../data/use-action.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { Dialog } from '../../elements/dialog.tsx';
import { Problem } from '../../elements/problem.tsx';
import { View } from '../../elements/view.tsx';
import { goTo } from '../../routing/current-route.ts';
import { api, may } from '../../session/current.ts';
import { Attempts } from './attempts.tsx';
import { DeliveryFacts } from './delivery-facts.tsx';
import { FatesOfDelivery } from './fates-of-delivery.tsx';
import { Request } from './request.tsx';

/** One delivery: what was sent and signed, every answer, and what became of its events. */
export const DeliveryDrawer = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => {
  const delivery = useLoaded(
    id,
    async (signal) => (await api.getDelivery({ params: { id } }, { signal })).body,
  );
  const again = useAction(async () => {
    const { body } = await api.redeliver({ params: { id } });
    goTo(['deliveries'], { id: body.id });
  });
  return (
    <Dialog title="Delivery" drawer onClose={onClose}>
      <View of={delivery} what="the delivery">
        {(one) => (
          <>
            <DeliveryFacts of={one} />
            {may('simulator:run') && one.body !== undefined && (
              <div class="row">
                <button type="button" disabled={again.busy} onClick={() => void again.run()}>
                  Send it once more
                </button>
              </div>
            )}
            <Problem error={again.error} />
            <Attempts of={one.attempts} />
            <FatesOfDelivery of={one} />
            <Request of={one} />
          </>
        )}
      </View>
    </Dialog>
  );
};
