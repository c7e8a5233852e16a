import type { ComponentChildren } from 'preact';
import type { Tone } from './badge.tsx';

const count = new Intl.NumberFormat('en');

/** One number with its name. */
export const Figure = ({
  label,
  value,
  tone = 'plain',
  hint,
}: {
  readonly label: string;
  readonly value: number | string | undefined;
  readonly tone?: Tone;
  readonly hint?: string | undefined;
}) => (
  <div class="figure" data-tone={tone}>
    <span class="label">{label}</span>
    <span class="value">{typeof value === 'number' ? count.format(value) : (value ?? '–')}</span>
    {hint && <span class="hint">{hint}</span>}
  </div>
);

export const Figures = ({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}) => (
  <section class="figures" aria-label={label}>
    {children}
  </section>
);
