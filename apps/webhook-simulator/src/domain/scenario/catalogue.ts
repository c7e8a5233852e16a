import {
  arrays,
  malformedJson,
  oversize,
  poison,
  schemaInvalid,
  unknownEventType,
} from './catalogue/broken.ts';
import { rotatedSecret, tamperedBody, wrongSecret, wrongTimestamps } from './catalogue/forged.ts';
import { deleteBeforeCreate, localEdits, massDelete, updateStorm } from './catalogue/lives.ts';
import { large, oddFormats, unicode, unknownFields } from './catalogue/odd.ts';
import {
  burst,
  delayed,
  droppedThenRedelivered,
  duplicates,
  outageDrill,
  reordered,
  steady,
} from './catalogue/traffic.ts';
import { connectionReset, slowSender } from './catalogue/transport.ts';
import { twoWay } from './catalogue/two-way.ts';
import type { Scenario } from './scenario.ts';

/** Every scenario, in the order in which they are told of and `all` plays them. */
export const scenarios: readonly Scenario[] = [
  steady,
  burst,
  duplicates,
  reordered,
  delayed,
  droppedThenRedelivered,
  deleteBeforeCreate,
  updateStorm,
  wrongSecret,
  rotatedSecret,
  wrongTimestamps,
  tamperedBody,
  malformedJson,
  schemaInvalid,
  oversize,
  unknownEventType,
  unknownFields,
  poison,
  slowSender,
  connectionReset,
  arrays,
  unicode,
  oddFormats,
  large,
  massDelete,
  localEdits,
  outageDrill,
  twoWay,
];

const byName: ReadonlyMap<string, Scenario> = new Map(scenarios.map((scenario) => [scenario.name, scenario]));

export const findScenario = (name: string): Scenario | undefined => byName.get(name);
