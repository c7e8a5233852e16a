import { Type } from 'typebox';
import { EventFate } from './event-fate.ts';
import { exampleEventFate } from './event-fate-example.ts';

/** What became of one event. */
export const eventAnswer = {
  description: 'What became of the event, an entry a content',
  body: EventFate,
  example: exampleEventFate,
} as const;

/** Whose history tells of an event of which no record is left. */
export const AgedOutOf = Type.Optional(
  Type.String({
    format: 'uuid',
    description: "The event's contact: its history gives the fate where the record has aged out",
  }),
);
