import { hash } from 'node:crypto';
import type { AcmeConduct } from '@contact-sync/api-contracts';

type Failure = NonNullable<AcmeConduct['fails']>[number]['as'];

const SECOND_MS = 1_000;

/** What every request is answered at that time, in ms since 1970; undefined where it is answered as it ought to be. */
export const failureAt = ({ fails = [] }: AcmeConduct, now: number): Failure | undefined =>
  fails.find(({ everySeconds, forSeconds }) => now % (everySeconds * SECOND_MS) < forSeconds * SECOND_MS)?.as;

const HEX_DIGITS = 8;

/** From 0 up to 1, always the same for a record and spread evenly over all of them. */
const placeOf = (record: string): number =>
  Number.parseInt(hash('sha256', record).slice(0, HEX_DIGITS), 16) / 16 ** HEX_DIGITS;

/** The status with which writes of a record are refused; undefined where they are taken. */
export const refusalOf = ({ refuses }: AcmeConduct, record: string): 400 | 403 | 500 | undefined =>
  refuses && placeOf(record) < refuses.share ? refuses.status : undefined;

/** Whether the webhook that comes as the nth, from 1, is never sent. */
export const dropsWebhook = ({ dropWebhooks }: AcmeConduct, nth: number): boolean =>
  dropWebhooks !== undefined && (nth - 1) % dropWebhooks.of < dropWebhooks.drop;

type Members = Readonly<Record<string, unknown>>;

/** A number in E.164 in groups of three digits, which is nobody's way to write it but AcmeCRM's. */
const spelledPhone = (phone: string): string =>
  /^\+\d+$/.test(phone) ? phone.replaceAll(/\d{3}(?=\d)/g, '$& ') : phone;

const normalisedText = (member: string, text: string): string => {
  // A text of blanks alone is left: it may be of a member that cannot be empty.
  const trimmed = text.trim() || text;
  return member === 'acme_phone' ? spelledPhone(trimmed) : trimmed;
};

/** Members as AcmeCRM keeps them where it normalises: texts trimmed, phones in a spelling of its own. */
export const normalised = (members: Members): Members =>
  Object.fromEntries(
    Object.entries(members).map(([member, value]) => [
      member,
      typeof value === 'string' ? normalisedText(member, value) : value,
    ]),
  );
