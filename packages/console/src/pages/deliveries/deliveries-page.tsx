import { usePages } from '../../data/use-pages.ts';
import { ListEnd } from '../../elements/list-end.tsx';
import { Page } from '../../elements/page.tsx';
import { goTo, route } from '../../routing/current-route.ts';
import { hrefOf } from '../../routing/route.ts';
import { api } from '../../session/current.ts';
import { DeliveryDrawer } from './delivery-drawer.tsx';
import { DeliveryFilter, filterOf } from './delivery-filter.tsx';
import { DeliveryRows } from './delivery-rows.tsx';
import { SimulatorOnly } from './simulator-only.tsx';

/** What the simulator delivered, by filters that stand in the address; one of them in a drawer. */
export const DeliveriesPage = () => {
  const { query } = route.value;
  const filter = filterOf(query);
  const pages = usePages(JSON.stringify(filter), async (cursor, signal) => {
    const asked = { ...filter, limit: 50, ...(cursor && { cursor }) };
    return (await api.listDeliveries({ query: asked }, { signal })).body;
  });
  const { id } = query;
  return (
    <Page
      title="Deliveries"
      lead="Webhooks that the simulator sent as AcmeCRM; kept for a day"
      actions={
        <>
          <a class="button" href={hrefOf(['signature'])}>
            Signature checker
          </a>
          <button type="button" onClick={pages.reload}>
            Refresh
          </button>
        </>
      }
    >
      <SimulatorOnly>
        <DeliveryFilter key={JSON.stringify(filter)} of={filter} />
        <section class="card flush" aria-label="Deliveries">
          {pages.items.length > 0 && <DeliveryRows of={pages.items} filter={filter} />}
          <ListEnd of={pages} what="deliveries" hint="Start a scenario, and what it sends is shown here." />
        </section>
        {id !== undefined && (
          <DeliveryDrawer key={id} id={id} onClose={() => goTo(['deliveries'], { ...filter })} />
        )}
      </SimulatorOnly>
    </Page>
  );
};
