import { Check, Field } from '../../elements/field.tsx';
import type { Scenario } from './run-request.ts';

type Parameters = Readonly<Record<string, string>>;

/** One scenario to pick; its parameters are there to tune once it is. */
export const ScenarioItem = ({
  of: { name, summary, parameters },
  picked,
  onPicked,
}: {
  readonly of: Scenario;
  readonly picked: Parameters | undefined;
  readonly onPicked: (parameters: Parameters | undefined) => void;
}) => (
  <div class="scenario" data-picked={picked !== undefined}>
    <Check checked={picked !== undefined} onChecked={(checked) => onPicked(checked ? {} : undefined)}>
      <strong>{name}</strong>
    </Check>
    <p class="hint">{summary}</p>
    {picked &&
      parameters.map((parameter) => (
        <Field
          key={parameter.name}
          label={parameter.name}
          hint={`${parameter.description}: ${parameter.minimum} to ${parameter.maximum}`}
          value={picked[parameter.name] ?? ''}
          onValue={(value) => onPicked({ ...picked, [parameter.name]: value })}
          input={{
            type: 'number',
            step: 'any',
            min: parameter.minimum,
            max: parameter.maximum,
            placeholder: String(parameter.default),
          }}
        />
      ))}
  </div>
);
