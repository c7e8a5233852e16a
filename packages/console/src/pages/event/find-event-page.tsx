import { useState } from 'preact/hooks';
import { Field } from '../../elements/field.tsx';
import { Page } from '../../elements/page.tsx';
import { goTo } from '../../routing/current-route.ts';

/** Asks which event is meant. */
export const FindEventPage = () => {
  const [id, setId] = useState('');
  return (
    <Page title="Events" lead="What became of an event that AcmeCRM sent">
      <search class="card">
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (id.trim() !== '') goTo(['events', id.trim()]);
          }}
        >
          <Field label="Event id" hint="As AcmeCRM names it: evt_…" value={id} onValue={setId} />
          <div class="row">
            <button type="submit" class="primary">
              Show its fate
            </button>
          </div>
        </form>
      </search>
    </Page>
  );
};
