import { readFileSync } from 'node:fs';
import {
  builtInMapping,
  type CompiledMapping,
  compileMapping,
  InvalidMapping,
  loadMapping,
} from '@contact-sync/field-mapper';
import { ConfigError, settingFault } from '@contact-sync/service-kit';
import type { Config } from './config.ts';

const fault = (reason: string) =>
  new ConfigError([settingFault('MAPPING_FILE', reason, '/run/settings/mapping.json')]);

/**
 * The field mapping that the settings name.
 *
 * @throws {ConfigError} with every fault of the file.
 */
export const readMapping = ({
  MAPPING_FILE,
  DEFAULT_COUNTRY,
}: Pick<Config, 'MAPPING_FILE' | 'DEFAULT_COUNTRY'>): CompiledMapping => {
  const options = { defaultCountry: DEFAULT_COUNTRY };
  if (MAPPING_FILE === undefined) return compileMapping(builtInMapping, options);
  try {
    return loadMapping(readFileSync(MAPPING_FILE, 'utf8'), options);
  } catch (error) {
    if (error instanceof InvalidMapping) throw fault(error.message);
    const reason = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw fault(`cannot be read (${reason})`);
  }
};
