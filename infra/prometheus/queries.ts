import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { dashboards } from '../grafana/dashboards.ts';

export type Alert = {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook_url: string };
};
type Recording = { readonly record: string; readonly expr: string };
type RuleFile = { readonly groups: readonly { readonly rules: readonly (Alert | Recording)[] }[] };

const folder = new URL('./rules/', import.meta.url);

const rules = readdirSync(folder).flatMap((file) =>
  (parse(readFileSync(new URL(file, folder), 'utf8')) as RuleFile).groups.flatMap(({ rules: own }) => own),
);

export const alerts = rules.filter((rule) => 'alert' in rule);

/** Names that rules give to what they compute. */
export const recorded: readonly string[] = rules.flatMap((rule) => ('record' in rule ? rule.record : []));

/** Every query of a rule or a panel, by where it stands. */
export const queries: readonly { readonly where: string; readonly expr: string }[] = [
  ...rules.map((rule) => ({ where: 'alert' in rule ? rule.alert : rule.record, expr: rule.expr })),
  ...dashboards.flatMap(({ slug, panels }) =>
    panels.flatMap(({ title, queries: own }) => own.map(([expr]) => ({ where: `${slug}: ${title}`, expr }))),
  ),
];

const KEYWORDS = new Set(['and', 'or', 'unless', 'by', 'on', 'without', 'le']);

/** The metrics that a query names. */
export const metricsIn = (expr: string): readonly string[] => {
  const plain = expr
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]/g, ' ')
    .replaceAll(/\b(by|on|without)\s*\([^)]*\)/g, ' ')
    .replaceAll(/[a-z_]+\s*\(/g, ' ');
  return [...new Set(plain.match(/[a-z_][a-z0-9_:]*/g) ?? [])].filter((name) => !KEYWORDS.has(name));
};
