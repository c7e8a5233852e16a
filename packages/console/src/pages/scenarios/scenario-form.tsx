import { useState } from 'preact/hooks';
import { useAction } from '../../data/use-action.ts';
import { Choice, Field } from '../../elements/field.tsx';
import { Problem } from '../../elements/problem.tsx';
import { goTo } from '../../routing/current-route.ts';
import { api, may } from '../../session/current.ts';
import { type Picked, runRequestOf, type Scenario } from './run-request.ts';
import { ScenarioItem } from './scenario-item.tsx';

const nothing: Picked = { scenarios: {}, count: '', ratePerSecond: '', seed: '', target: '' };

/** Picks scenarios and tunes the run; without a pick it is a bit of everything. */
export const ScenarioForm = ({
  scenarios,
  targets,
  blocked,
}: {
  readonly scenarios: readonly Scenario[];
  readonly targets: readonly string[];
  readonly blocked: boolean;
}) => {
  const [picked, setPicked] = useState(nothing);
  const set = (name: 'count' | 'ratePerSecond' | 'seed' | 'target') => (value: string) =>
    setPicked({ ...picked, [name]: value });
  const start = useAction(async () => {
    const { body } = await api.startRun({ body: runRequestOf(picked) });
    goTo(['runs', body.id]);
  });
  const count = Object.keys(picked.scenarios).length;
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void start.run();
      }}
    >
      <div class="card">
        <div class="fields">
          <Field
            label="Events of each"
            value={picked.count}
            onValue={set('count')}
            input={{ type: 'number', min: 1, max: 20_000, placeholder: '60' }}
          />
          <Field
            label="Deliveries each second"
            value={picked.ratePerSecond}
            onValue={set('ratePerSecond')}
            input={{ type: 'number', min: 0.1, max: 5_000, step: 'any', placeholder: '40' }}
          />
          <Field
            label="Seed"
            value={picked.seed}
            onValue={set('seed')}
            input={{ type: 'number', min: 0, placeholder: '1' }}
          />
          {targets.length > 1 && (
            <Choice
              label="Target"
              value={picked.target}
              onValue={set('target')}
              options={targets}
              none="the first"
            />
          )}
        </div>
        <div class="row">
          <button type="submit" class="primary" disabled={start.busy || blocked || !may('simulator:run')}>
            {count === 0
              ? 'Start a bit of everything'
              : `Start ${count} ${count === 1 ? 'scenario' : 'scenarios'}`}
          </button>
          {!may('simulator:run') && <span class="hint">Your role may look, not start.</span>}
        </div>
        <Problem error={start.error} />
      </div>
      <fieldset class="scenarios">
        <legend>Scenarios</legend>
        {scenarios.map((scenario) => (
          <ScenarioItem
            key={scenario.name}
            of={scenario}
            picked={picked.scenarios[scenario.name]}
            onPicked={(parameters) => {
              const { [scenario.name]: _before, ...others } = picked.scenarios;
              const next = parameters ? { ...others, [scenario.name]: parameters } : others;
              setPicked({ ...picked, scenarios: next });
            }}
          />
        ))}
      </fieldset>
    </form>
  );
};
