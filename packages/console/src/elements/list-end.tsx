import type { Pages } from '../data/use-pages.ts';
import { Problem } from './problem.tsx';
import { Empty, Loading } from './view.tsx';

/** What stands beneath a list: that it loads, why it does not, that it is empty, or the way to its next page. */
export const ListEnd = <Item,>({
  of: { items, loading, error, more, reload },
  what,
  hint,
}: {
  readonly of: Pages<Item>;
  readonly what: string;
  readonly hint?: string;
}) => (
  <>
    <Problem error={error} retry={more ?? reload} />
    {loading && <Loading what={what} />}
    {!loading && error === undefined && items.length === 0 && (
      <Empty title={`No ${what}`}>{hint && <p>{hint}</p>}</Empty>
    )}
    {more && (
      <div class="row">
        <button type="button" onClick={more}>
          More {what}
        </button>
      </div>
    )}
  </>
);
