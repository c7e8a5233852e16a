import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Where the schemas that were ever released are kept, with records written by them. */
export const releasedFolder = new URL('../released/', import.meta.url);

export type ReleasedSchema = {
  readonly subject: string;
  readonly version: number;
  readonly schema: object;
  /** Records as they were written, framed, and what they say. */
  readonly records: readonly { readonly name: string; readonly bytes: Buffer; readonly json: unknown }[];
};

const readJson = (file: URL): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** All released versions of a subject, oldest first. */
export const releasedSchemas = (subject: string): ReleasedSchema[] => {
  const folder = new URL(`${subject}/`, releasedFolder);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder);
  const versions = files.flatMap((file) => /^v(\d+)\.avsc$/.exec(file)?.[1] ?? []).map(Number);
  return versions
    .toSorted((a, b) => a - b)
    .map((version) => ({
      subject,
      version,
      schema: readJson(new URL(`v${version}.avsc`, folder)) as object,
      records: files
        .filter((file) => file.startsWith(`v${version}.`) && file.endsWith('.bin'))
        .map((file) => ({
          name: file.replace(/\.bin$/, ''),
          bytes: readFileSync(new URL(file, folder)),
          json: readJson(new URL(file.replace(/bin$/, 'json'), folder)),
        })),
    }));
};

/** A record as JSON, its bytes in base64. */
export const jsonOf = (record: unknown): unknown =>
  JSON.parse(
    JSON.stringify(record, (_, value: unknown) => {
      const { type, data } = (value ?? {}) as { type?: unknown; data?: number[] };
      return type === 'Buffer' && Array.isArray(data) ? Buffer.from(data).toString('base64') : value;
    }),
  );
