import { mkdirSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { avroType } from '../src/avro/avro-type.ts';
import { frameBytes, writeFrame } from '../src/avro/wire-format.ts';
import { allContracts } from '../src/index.ts';
import { jsonOf, releasedFolder, releasedSchemas } from './released.ts';
import { samples } from './samples.ts';

/** Keeps a schema for ever as the next version of its subject, with records that today's writer makes of it. */
const release = (subject: string, schema: object, version: number): void => {
  const folder = new URL(`${subject}/`, releasedFolder);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(`v${version}.avsc`, folder), `${JSON.stringify(schema, null, 2)}\n`);
  for (const { name, record } of samples.filter((sample) => sample.subject === subject)) {
    const frame = Buffer.alloc(frameBytes);
    writeFrame(frame, 0, version);
    const bytes = Buffer.concat([frame, avroType(schema).toBuffer(record)]);
    writeFileSync(new URL(`v${version}.${name}.bin`, folder), bytes);
    writeFileSync(
      new URL(`v${version}.${name}.json`, folder),
      `${JSON.stringify(jsonOf(record), null, 2)}\n`,
    );
  }
};

for (const { subject, schema } of allContracts) {
  const last = releasedSchemas(subject).at(-1);
  if (!isDeepStrictEqual(last?.schema, schema)) release(subject, schema, (last?.version ?? 0) + 1);
}
