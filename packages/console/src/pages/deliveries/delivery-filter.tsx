import { useState } from 'preact/hooks';
import { Choice, Field } from '../../elements/field.tsx';
import { goTo } from '../../routing/current-route.ts';

const states = ['accepted', 'refused', 'unanswered'] as const;

export type DeliveryQuery = {
  readonly state?: (typeof states)[number];
  readonly scenario?: string;
  readonly eventId?: string;
  readonly acmeId?: string;
  readonly runId?: string;
};

/** What an address asks for. */
export const filterOf = (query: Readonly<Record<string, string>>): DeliveryQuery => {
  const { scenario, eventId, acmeId, runId } = query;
  const state = states.find((one) => one === query['state']);
  return {
    ...(state && { state }),
    ...(scenario && { scenario }),
    ...(eventId && { eventId }),
    ...(acmeId && { acmeId }),
    ...(runId && { runId }),
  };
};

export const DeliveryFilter = ({ of }: { readonly of: DeliveryQuery }) => {
  const [state, setState] = useState<string>(of.state ?? '');
  const [scenario, setScenario] = useState(of.scenario ?? '');
  const [eventId, setEventId] = useState(of.eventId ?? '');
  const [acmeId, setAcmeId] = useState(of.acmeId ?? '');
  const [runId, setRunId] = useState(of.runId ?? '');
  return (
    <search>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault();
          goTo(['deliveries'], { state, scenario, eventId, acmeId, runId });
        }}
      >
        <Choice label="Answer" value={state} onValue={setState} options={states} none="any" />
        <Field label="Scenario" value={scenario} onValue={setScenario} />
        <Field label="Event id" value={eventId} onValue={setEventId} />
        <Field label="AcmeCRM id" value={acmeId} onValue={setAcmeId} />
        <Field label="Run" value={runId} onValue={setRunId} />
        <button type="submit" class="primary">
          Filter
        </button>
      </form>
    </search>
  );
};
