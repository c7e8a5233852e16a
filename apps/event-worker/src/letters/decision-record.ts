import { compileCheck, parseJson } from '@contact-sync/domain';
import { type LogRecord, letterDecisionsTopic, type RawRecord } from '@contact-sync/kafka';
import { Type } from 'typebox';
import type { Decision } from './letter.ts';

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

/** A decision as a record: the index can be made anew from topics alone. */
export const decisionRecord = (id: string, decision: Decision): RawRecord => ({
  topic: letterDecisionsTopic,
  key: id,
  value: Buffer.from(JSON.stringify({ id, ...decision })),
  headers: {},
});

/** The way back; undefined for any other record. */
export const readDecision = (
  record: LogRecord,
): { readonly id: string; readonly decision: Decision } | undefined => {
  try {
    const body = parseJson(String(record.value)) as { readonly id: string } & Decision;
    if (checkBody(body).length > 0) return undefined;
    const { id, ...decision } = body;
    return { id, decision };
  } catch {
    return undefined;
  }
};
