import type { LoggedDelivery } from '@contact-sync/api-contracts';
import { CodeBlock } from '../../elements/code-block.tsx';
import { hrefOf } from '../../routing/route.ts';
import { signedString } from './signed-string.ts';

const readable = (body: string): string => {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
};

/** The body, and the string that was signed for the last attempt. */
export const Request = ({ of: { body, attempts, fault } }: { readonly of: LoggedDelivery }) => {
  const last = attempts.at(-1);
  if (body === undefined)
    return <p class="hint">The body was longer than 16 KiB, and was not kept; nor can it be sent again.</p>;
  const signed = last && signedString(last.at, body);
  return (
    <>
      <section class="stack tight" aria-labelledby="body">
        <h3 id="body">Body</h3>
        <CodeBlock>{readable(body)}</CodeBlock>
      </section>
      {signed !== undefined && (
        <section class="stack tight" aria-labelledby="signed">
          <h3 id="signed">The string that was signed</h3>
          {fault !== 'none' && (
            <p class="hint">
              As it ought to be: the fault “{fault}” was planted, which may have changed secret, time or body.
            </p>
          )}
          <CodeBlock>{signed}</CodeBlock>
          <a href={hrefOf(['signature'], { timestamp: signed.split('.', 1)[0], body })}>
            Check a signature of it
          </a>
        </section>
      )}
    </>
  );
};
