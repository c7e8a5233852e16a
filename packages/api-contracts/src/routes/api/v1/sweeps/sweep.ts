import { AcmeId, AcmeVersion } from '@contact-sync/domain';
import { type Static, Type } from 'typebox';
import { BornHere } from '../../../internal/contacts/list-born-here.ts';

const Time = Type.String({ format: 'date-time' });
const Count = (description: string) => Type.Integer({ minimum: 0, description });

export const SweepRequest = Type.Object(
  {
    full: Type.Optional(
      Type.Boolean({
        description:
          'All of both sides, not only what changed in AcmeCRM since the last sweep; proves agreement',
      }),
    ),
    dryRun: Type.Optional(Type.Boolean({ description: 'Compare, and publish nothing' })),
    ratePerSecond: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 10_000, description: 'Records at most; a setting where absent' }),
    ),
  },
  { additionalProperties: false },
);
export type SweepRequest = Static<typeof SweepRequest>;

/** In what the two sides differ about a record. */
export const SweepDifference = Type.Enum(
  ['behind-here', 'only-there', 'behind-there', 'differs', 'only-here', 'not-created', 'unreadable'],
  {
    description:
      '`behind-here` and `only-there`: AcmeCRM has what we had not, and it was published. `behind-there`: AcmeCRM is at a lower version than it had told. `differs`: other content at one version. `only-here`: AcmeCRM has no such record, and no deleted one. `not-created`: made here, and its create neither came to AcmeCRM nor is on its way. `unreadable`: it is no record of ours to take.',
  },
);
export type SweepDifference = Static<typeof SweepDifference>;

/** One difference, with AcmeCRM's versions on both sides where they have one. */
export const SweepFinding = Type.Object({
  difference: SweepDifference,
  acmeId: Type.Optional(AcmeId),
  contactId: Type.Optional(Type.String({ format: 'uuid' })),
  here: Type.Optional(AcmeVersion),
  there: Type.Optional(AcmeVersion),
  pointer: Type.Optional(Type.String({ description: 'Of the member that makes it unreadable' })),
  why: BornHere.properties.why,
});
export type SweepFinding = Static<typeof SweepFinding>;

/** What a sweep has counted, in records. */
export const SweepCounts = Type.Object({
  read: Count("AcmeCRM's records that were looked at"),
  agreed: Count('At the same version with the same content'),
  imported: Count('`only-there`: published'),
  healed: Count('`behind-here`: published, because their webhooks were lost'),
  missedVersions: Count('Versions of those that never came'),
  young: Count('Changed so lately that their webhooks may be on their way; left to them'),
  erased: Count('Erased here for good; not taken'),
  behindThere: Count('`behind-there`'),
  differs: Count('`differs`'),
  onlyHere: Count('`only-here`; a full sweep alone finds them'),
  notCreated: Count('`not-created`; a full sweep alone finds them'),
  createPending: Count('Made here, and their creates may be on their way'),
  unreadable: Count('`unreadable`'),
  checkedHere: Count('Our records that a full sweep looked for in AcmeCRM'),
});
export type SweepCounts = Static<typeof SweepCounts>;

export const Sweep = Type.Object({
  id: Type.String({ format: 'uuid' }),
  state: Type.Enum(['waiting', 'running', 'done', 'cancelled'], {
    description: '`waiting`: for another one to end',
  }),
  request: SweepRequest,
  by: Type.String({ description: 'The id of the user or machine, or `schedule`' }),
  startedAt: Time,
  updatedAt: Time,
  finishedAt: Type.Optional(Time),
  since: Type.Optional(
    Type.String({ format: 'date-time', description: "From this time of AcmeCRM's on; absent for all" }),
  ),
  progress: SweepCounts,
  findings: Type.Array(SweepFinding, { description: 'The first 100 of each difference' }),
  agrees: Type.Optional(
    Type.Boolean({
      description: 'Of a full sweep that is done: whether it found no difference, and had nothing to publish',
    }),
  ),
  failure: Type.Optional(Type.String({ description: 'Why it does not get on just now; it tries on' })),
});
export type Sweep = Static<typeof Sweep>;

export const exampleSweep = {
  id: '0199f0c9-4d6f-7b31-8c77-2a3b4c5d6e7f',
  state: 'done',
  request: { full: true },
  by: 'user:0196f5a0-0000-7000-8000-000000000001',
  startedAt: '2026-11-24T10:00:00.000Z',
  updatedAt: '2026-11-24T10:00:41.000Z',
  finishedAt: '2026-11-24T10:00:41.000Z',
  progress: {
    read: 5_000,
    agreed: 4_799,
    imported: 0,
    healed: 200,
    missedVersions: 231,
    young: 0,
    erased: 0,
    behindThere: 0,
    differs: 0,
    onlyHere: 1,
    notCreated: 0,
    createPending: 0,
    unreadable: 0,
    checkedHere: 5_001,
  },
  findings: [
    {
      difference: 'only-here',
      acmeId: 'acme_77aa',
      contactId: '7f6b1c1e-50a4-5c7b-9a55-0a3f1d2c4b6e',
      here: 4,
    },
  ],
  agrees: false,
} as const;
