import type { RunOptions } from '@contact-sync/api-contracts';
import { type AcmeContact, contactIdOfAcme, type EventType } from '@contact-sync/domain';
import type { Faker } from '@faker-js/faker';
import { changeRecord } from './change.ts';
import { type Life, type LifeStep, planLives } from './lifecycle.ts';
import { fakerOf, type Place, places } from './places.ts';
import { newRecord } from './record.ts';
import type { Scenario, SimulatedContact, SimulatedEvent } from './scenario.ts';

export type ScenarioInput = {
  readonly options: RunOptions;
  /** Part of every id, so that two runs never speak of the same contact. */
  readonly runId: string;
  /** When the run began, in ms since 1970; what happened in AcmeCRM happened before. */
  readonly startedAt: number;
};

const eventTypes: Readonly<Record<LifeStep, EventType>> = {
  create: 'contact.created',
  update: 'contact.updated',
  revive: 'contact.updated',
  delete: 'contact.deleted',
};

const MINUTE_MS = 60_000;
const MINUTES_BETWEEN_CHANGES = 90;

type ContactInput = {
  readonly scenario: ScenarioInput;
  readonly index: number;
  readonly life: Life;
  readonly place: Place;
  readonly faker: Faker;
};

/** Times rise with the version and are never quite regular. */
const timeOf = ({ scenario, life, faker }: ContactInput, version: number): string => {
  const changesAgo = life.steps.length - version + 1;
  const early = faker.number.int({ min: 0, max: MINUTES_BETWEEN_CHANGES - 1 });
  const ago = (changesAgo * MINUTES_BETWEEN_CHANGES + early) * MINUTE_MS;
  return new Date(scenario.startedAt - ago).toISOString();
};

const generateContact = (input: ContactInput): SimulatedContact => {
  const { scenario, index, life, place, faker } = input;
  const acmeId = `acme_${scenario.runId}_${index + 1}`;
  const contactId = contactIdOfAcme(acmeId);
  let latest: AcmeContact | undefined;
  const events = life.steps.map((step, stepIndex): SimulatedEvent => {
    const version = stepIndex + 1;
    const at = timeOf(input, version);
    latest = latest ? changeRecord(latest, at, faker, place) : newRecord(acmeId, at, faker, place);
    // What a delete carries beyond id and version is ignored, so both forms must come to the same.
    const bare = step === 'delete' && faker.datatype.boolean();
    const data = bare ? { id: acmeId, acme_version: version } : latest;
    const webhook = {
      id: `evt_${scenario.runId}_${index + 1}_${version}`,
      event: eventTypes[step],
      timestamp: at,
      data,
    };
    return { acmeId, contactId, version, record: step === 'delete' ? null : latest, webhook };
  });
  return { acmeId, contactId, kind: life.kind, events };
};

const MAX_SEED = 2_147_483_647;

/** What happens in AcmeCRM: a pure function of its input, with exactly the contacts and events that were asked for. */
export const generateScenario = (scenario: ScenarioInput): Scenario => {
  const [first] = places;
  if (first === undefined) return { contacts: [] };
  const faker = fakerOf(first, scenario.options.seed);
  const contacts = planLives(scenario.options, faker).map((life, index) => {
    const place = faker.helpers.weightedArrayElement(
      places.map((value) => ({ value, weight: value.weight })),
    );
    const seed = faker.number.int({ min: 0, max: MAX_SEED });
    return generateContact({ scenario, index, life, place, faker: fakerOf(place, seed) });
  });
  return { contacts };
};
