import { problemText } from '../data/problem-text.ts';

/** A failure, told at once, with a way to try again where there is one. */
export const Problem = ({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) => {
  if (error === undefined) return null;
  const { title, detail, reference } = problemText(error);
  return (
    <div class="note" data-tone="bad" role="alert">
      <strong>{title}</strong>
      <p>{detail}</p>
      {reference && <span class="reference mono">{reference}</span>}
      {retry && (
        <span>
          <button type="button" onClick={retry}>
            Try again
          </button>
        </span>
      )}
    </div>
  );
};
