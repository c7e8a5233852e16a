import { compileCheck, parseJson } from '@contact-sync/domain';
import { type LogRecord, originHeaders, type RawRecord } from '@contact-sync/kafka';
import { Type } from 'typebox';
import type { Decision } from './letter.ts';

/** Marks a record of a topic of letters that tells what was decided about one of them. */
const decisionHeader = 'x-decision';

const checkBody = compileCheck(
  Type.Object({
    id: Type.String(),
    kind: Type.Enum(['replayed', 'returned', 'discarded', 'erased']),
    at: Type.Integer(),
    by: Type.String(),
    reason: Type.String(),
    replayId: Type.Optional(Type.String()),
    replays: Type.Optional(Type.Integer()),
    place: Type.Object({ topic: Type.String(), partition: Type.Integer(), offset: Type.String() }),
  }),
);

/** Every letter says where it stood first, whatever headers its record came with; no decision does. */
const isDecision = ({ headers }: Pick<LogRecord, 'headers'>): boolean =>
  decisionHeader in headers && !(originHeaders.topic in headers);

/** The decision as a record beside the letter that it is about: the index can be made anew from the topics alone. */
export const decisionRecord = (id: string, decision: Decision): RawRecord => ({
  topic: decision.place.topic,
  key: id,
  value: Buffer.from(JSON.stringify({ id, ...decision })),
  headers: { [decisionHeader]: decision.kind },
});

/** The way back; undefined for any other record. */
export const readDecision = (
  record: LogRecord,
): { readonly id: string; readonly decision: Decision } | undefined => {
  if (!isDecision(record)) return undefined;
  try {
    const body = parseJson(String(record.value)) as { readonly id: string } & Decision;
    if (checkBody(body).length > 0) return undefined;
    const { id, ...decision } = body;
    return { id, decision };
  } catch {
    return undefined;
  }
};
