const cellOf = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Rows as a Markdown table; the first row is the heading. */
export const markdownTable = ([heading = [], ...rows]: readonly (readonly string[])[]): string =>
  [heading, heading.map(() => '---'), ...rows].map((row) => `| ${row.map(cellOf).join(' | ')} |`).join('\n');
