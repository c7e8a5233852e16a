import type { ComponentChildren } from 'preact';

/** What a mark means; every tone has a sign of its own beside its colour. */
export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'plain';

/** Drawn, for not every font has such signs. */
const signs: Readonly<Record<Tone, string>> = {
  good: 'M1.5 5.5 4 8l4.5-6',
  warn: 'M5 1 9 9H1Z M5 4v2.4',
  bad: 'm2 2 6 6M8 2 2 8',
  info: 'M5 4.5V8.5M5 1.5v1',
  plain: 'M2 5h6',
};

export const Badge = ({
  tone = 'plain',
  children,
}: {
  readonly tone?: Tone;
  readonly children: ComponentChildren;
}) => (
  <span class="badge" data-tone={tone}>
    <svg viewBox="0 0 10 10" aria-hidden="true">
      <path d={signs[tone]} />
    </svg>
    {children}
  </span>
);
