import type { Report } from './report.ts';

const entities: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

/** Control characters have no spelling in XML 1.0. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[<>&"]/g, (sign) => entities[sign] ?? sign)
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '?');

const caseOf = (scenario: Report['scenarios'][number], findings: Report['findings']): string => {
  const name = `<testcase classname="simulate" name="${escaped(scenario.name)}"`;
  if (scenario.ok) return `  ${name}/>`;
  const lines = findings
    .filter((finding) => finding.scenario === scenario.name)
    .map(
      ({ kind, code, detail = '', contactId, eventIds = [] }) =>
        `${kind} ${code} ${detail} contact ${contactId} events ${eventIds.join(' ')}`,
    );
  const { lost, doubled, unexpected, unverified } = scenario;
  const message = `${lost} lost, ${doubled} doubled, ${unexpected} wrong, ${unverified} unverified`;
  return `  ${name}><failure message="${message}">${escaped(lines.join('\n'))}</failure></testcase>`;
};

/** The report as JUnit XML: a test case a scenario. */
export const junitText = ({ scenarios, findings }: Report): string => {
  const failures = scenarios.filter(({ ok }) => !ok).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="simulate" tests="${scenarios.length}" failures="${failures}">`,
    ...scenarios.map((scenario) => caseOf(scenario, findings)),
    '</testsuite>',
    '',
  ].join('\n');
};
