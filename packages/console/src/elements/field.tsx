import type { ComponentChildren, InputHTMLAttributes } from 'preact';

type Described = { readonly label: string; readonly hint?: string };

type FieldProps = Described & {
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** What else the input is: its type, its bounds, what a browser may fill in. */
  readonly input?: InputHTMLAttributes<HTMLInputElement>;
};

/** A line to type in, under its label. */
export const Field = ({ label, hint, value, onValue, input = {} }: FieldProps) => (
  <label class="field">
    {label}
    <input {...input} value={value} onInput={({ currentTarget }) => onValue(currentTarget.value)} />
    {hint && <span class="hint">{hint}</span>}
  </label>
);

/** Several lines to type in. */
export const TextField = ({
  label,
  hint,
  value,
  onValue,
}: Described & { readonly value: string; readonly onValue: (value: string) => void }) => (
  <label class="field">
    {label}
    <textarea
      value={value}
      spellcheck={false}
      onInput={({ currentTarget }) => onValue(currentTarget.value)}
    />
    {hint && <span class="hint">{hint}</span>}
  </label>
);

/** One of a few; the first is for none of them where `none` names it. */
export const Choice = ({
  label,
  value,
  onValue,
  options,
  none,
}: Described & {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly options: readonly string[];
  readonly none?: string;
}) => (
  <label class="field">
    {label}
    <select value={value} onChange={({ currentTarget }) => onValue(currentTarget.value)}>
      {none !== undefined && <option value="">{none}</option>}
      {options.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </select>
  </label>
);

export const Check = ({
  checked,
  onChecked,
  children,
}: {
  readonly checked: boolean;
  readonly onChecked: (checked: boolean) => void;
  readonly children: ComponentChildren;
}) => (
  <label class="check">
    <input
      type="checkbox"
      checked={checked}
      onChange={({ currentTarget }) => onChecked(currentTarget.checked)}
    />
    {children}
  </label>
);
