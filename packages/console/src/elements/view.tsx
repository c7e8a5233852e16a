import type { ComponentChildren } from 'preact';
import type { Loaded } from '../data/use-loaded.ts';
import { Problem } from './problem.tsx';

export const Loading = ({ what }: { readonly what: string }) => (
  <div class="loading" role="status">
    <span class="spinner" aria-hidden="true" />
    Loading {what} …
  </div>
);

export const Empty = ({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ComponentChildren;
}) => (
  <div class="empty">
    <strong>{title}</strong>
    {children}
  </div>
);

/** What was loaded; until it is there that it comes, and beside what came last why it cannot be had any more. */
export const View = <Value,>({
  of: { value, error, loading, reload },
  what,
  children,
}: {
  readonly of: Loaded<Value>;
  readonly what: string;
  readonly children: (value: Value) => ComponentChildren;
}) => (
  <>
    <Problem error={error} retry={reload} />
    {value === undefined && loading && error === undefined && <Loading what={what} />}
    {value !== undefined && children(value)}
  </>
);
