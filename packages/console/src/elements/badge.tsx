import type { ComponentChildren } from 'preact';

/** What a mark means; every tone has a sign of its own beside its colour. */
export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'plain';

const signs: Readonly<Record<Tone, string>> = { good: '✓', warn: '▲', bad: '✕', info: '●', plain: '○' };

export const Badge = ({
  tone = 'plain',
  children,
}: {
  readonly tone?: Tone;
  readonly children: ComponentChildren;
}) => (
  <span class="badge" data-tone={tone}>
    <span aria-hidden="true">{signs[tone]}</span>
    {children}
  </span>
);
