import kafkajs, { type Admin } from 'kafkajs';
import type { TopicSpec } from './deploy-topics.ts';

const { ConfigResourceTypes } = kafkajs;

type Entry = { readonly configName: string; readonly configValue: string; readonly configSource?: number };

// Set on the topic itself, not by the broker or by Kafka's defaults.
const topicSource = 1;

/** -1 means "no limit" in Kafka's retention settings. */
const size = (value: string): bigint => (value === '-1' ? 2n ** 63n : BigInt(value));

const isNumber = (value: string) => /^-?\d+$/.test(value);

const mayOnlyRise = (name: string) =>
  name.startsWith('retention.') || name === 'max.message.bytes' || name === 'min.insync.replicas';

/** What a setting becomes: the declared value, unless it is a limit that stands higher already. */
const target = (name: string, declared: string, present: string): string =>
  mayOnlyRise(name) && isNumber(declared) && isNumber(present) && size(present) > size(declared)
    ? present
    : declared;

const change = (name: string, declared: string, present: string): string[] => {
  if (declared === present) return [];
  return target(name, declared, present) === present
    ? [`${name} ${present} kept (declared ${declared})`]
    : [`${name} ${present} → ${declared}`];
};

/** Brings a topic's settings to the declared ones, limits upward only; settings that are not declared stay. */
export const raiseConfig = async (
  admin: Admin,
  { name, config }: TopicSpec,
): Promise<{ config: Record<string, string>; changes: string[] }> => {
  const resource = { type: ConfigResourceTypes.TOPIC, name };
  const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: [resource] });
  const entries = (resources[0]?.configEntries ?? []) as readonly Entry[];
  const values = new Map(entries.map(({ configName, configValue }) => [configName, configValue]));
  const own = entries.filter(({ configSource }) => configSource === topicSource);

  const result: Record<string, string> = {};
  const changes: string[] = [];
  for (const [setting, declared] of Object.entries(config)) {
    const present = values.get(setting) ?? '';
    result[setting] = target(setting, declared, present);
    changes.push(...change(setting, declared, present));
  }

  const differs = Object.entries(result).some(([setting, value]) => values.get(setting) !== value);
  if (differs) {
    // This request replaces all settings of the topic, so those that stay are sent along.
    const all = {
      ...Object.fromEntries(own.map((entry) => [entry.configName, entry.configValue])),
      ...result,
    };
    const configEntries = Object.entries(all).map(([setting, value]) => ({ name: setting, value }));
    await admin.alterConfigs({ validateOnly: false, resources: [{ ...resource, configEntries }] });
  }
  return { config: result, changes };
};
