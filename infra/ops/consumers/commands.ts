import type { Command } from 'commander';
import type { OpsContext } from '../context.ts';
import { table } from '../terminal/table.ts';

type JsonOption = { readonly json?: true };

const list = async ({ api, terminal }: OpsContext, { json }: JsonOption): Promise<void> => {
  const { body } = await api().listConsumers();
  if (json) return terminal.result(JSON.stringify(body));
  const rows = body.items.flatMap(({ group, paused }) =>
    paused.length === 0
      ? [[group, 'runs', '', '']]
      : paused.map(({ fingerprint, why, since }) => [group, `paused: ${why}`, since, fingerprint]),
  );
  terminal.result(table(['GROUP', 'STATE', 'SINCE', 'ACCEPT'], rows));
};

const resume = async (
  { api, terminal, fail }: OpsContext,
  group: string,
  { accept, json }: JsonOption & { readonly accept: string },
): Promise<void> => {
  const { body } = await api().resumeConsumer({ params: { group }, body: { accept } });
  if (!body.resumed) fail();
  const text = body.resumed ? `${group} goes on.` : `${group} was not paused for ${accept}.`;
  terminal.result(json ? JSON.stringify(body) : text);
};

/** `npm run ops -- consumers` and `consumers resume <group> --accept <fingerprint>`. */
export const addConsumers = (program: Command, context: OpsContext): void => {
  const consumers = program
    .command('consumers')
    .description('the consumer groups, and what those wait for that are paused')
    .option('--json', 'one JSON value instead of text')
    .action((options) => list(context, options));
  consumers
    .command('resume')
    .description('lets a paused group go on: what waits in it is accepted')
    .argument('<group>', 'as the list names it')
    .requiredOption('--accept <fingerprint>', 'what it is paused for, as the list tells it')
    .option('--json', 'one JSON value instead of text')
    .action((group, options) => resume(context, group, options));
};
