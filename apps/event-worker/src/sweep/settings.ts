import { Type } from 'typebox';

/** Sweeps of AcmeCRM's list (design section 6); they are off where ACME_API_URL is absent. */
export const sweepSettings = {
  SWEEP_EVERY: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 2_592_000,
    description: 'How often what changed in AcmeCRM is compared with what is held, in s; 0: only on request',
  }),
  SWEEP_RECORDS_PER_SECOND: Type.Integer({
    default: 500,
    minimum: 1,
    maximum: 10_000,
    description: 'Records that a sweep compares a second at most, where its request says nothing else',
  }),
  SWEEP_REQUESTS_PER_SECOND: Type.Integer({
    default: 10,
    minimum: 1,
    maximum: 10_000,
    description:
      'Requests a second that sweeps make to AcmeCRM at most, over all copies; beside those of the writer',
  }),
  SWEEP_OVERLAP_SECONDS: Type.Integer({
    default: 600,
    minimum: 0,
    maximum: 2_592_000,
    description: "How far before the last change that it saw the next sweep begins, in s of AcmeCRM's time",
  }),
  SWEEP_GRACE_SECONDS: Type.Integer({
    default: 60,
    minimum: 0,
    maximum: 86_400,
    description: 'How old a change in AcmeCRM must be to be taken for one that was never told, in s',
  }),
};
