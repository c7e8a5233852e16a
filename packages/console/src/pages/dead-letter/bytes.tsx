import type { Client } from '@contact-sync/client';
import { CodeBlock } from '../../elements/code-block.tsx';
import { hexDump } from './hex-dump.ts';

type Letter = Awaited<ReturnType<Client['getDeadLetter']>>['body'];

const Part = ({ name, of }: { readonly name: string; readonly of: Letter['value'] }) =>
  of ? (
    <div class="stack tight">
      <h3>
        {name}, {of.size} bytes
      </h3>
      <CodeBlock>{hexDump(of.base64)}</CodeBlock>
    </div>
  ) : null;

/** The record as it stands in Kafka: headers, key and the begin of the value. */
export const Bytes = ({
  keyBytes,
  value,
  headers,
}: {
  readonly keyBytes: Letter['key'];
  readonly value: Letter['value'];
  readonly headers: Letter['headers'];
}) => (
  <section class="card" aria-labelledby="record">
    <h2 id="record">The record</h2>
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">Header</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {headers.map(({ name, value: text }, index) => (
          <tr key={index}>
            <th scope="row" class="mono">
              {name}
            </th>
            <td data-label="Value" class="mono">
              {text ?? 'null'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
    <Part name="Key" of={keyBytes} />
    <Part name="Value" of={value} />
  </section>
);
