/** One line of a chart: a value a second, oldest first; null where nothing is known. */
export type Series = { readonly name: string; readonly values: readonly (number | null)[] };

const WIDTH = 600;
const HEIGHT = 150;
/** Left free above and below, so that a line at the edge is seen whole. */
const EDGE = 3;
/** Lines differ by how they are dashed too, for whoever cannot tell their colours apart. */
const dashes = ['', '7 4', '2 3', '10 3 2 3'];

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** The least round number (1, 2 or 5 times a power of ten) that nothing exceeds. */
export const ceilingOf = (most: number): number => {
  if (most <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return ([1, 2, 5, 10].find((step) => step * power >= most) ?? 10) * power;
};

/** The corners of a line's parts, one text for each stretch without a gap. */
export const linesOf = (
  values: readonly (number | null)[],
  { seconds, top }: { readonly seconds: number; readonly top: number },
): string[] => {
  const lines: string[][] = [[]];
  values.forEach((value, index) => {
    if (value === null) {
      lines.push([]);
      return;
    }
    const x = (WIDTH * (seconds - values.length + index)) / Math.max(seconds - 1, 1);
    const y = HEIGHT - EDGE - ((HEIGHT - 2 * EDGE) * value) / top;
    lines.at(-1)?.push(`${x.toFixed(1)},${y.toFixed(1)}`);
  });
  return lines.filter(({ length }) => length > 0).map((corners) => corners.join(' '));
};

const strokeOf = (index: number) => ({
  stroke: `var(--series-${(index % 4) + 1})`,
  'stroke-dasharray': dashes[index % 4],
});

const lastOf = ({ values }: Series): string => {
  const last = values.findLast((value) => value !== null);
  return last === undefined || last === null ? '–' : number.format(last);
};

/** Lines over the last seconds, with the newest values beside their names. */
export const LineChart = ({
  title,
  unit,
  series,
  seconds = 60,
}: {
  readonly title: string;
  readonly unit: string;
  readonly series: readonly Series[];
  readonly seconds?: number;
}) => {
  const shown = series.map(({ name, values }) => ({ name, values: values.slice(-seconds) }));
  const top = ceilingOf(Math.max(0, ...shown.flatMap(({ values }) => values.map((value) => value ?? 0))));
  return (
    <figure class="chart card">
      <figcaption class="row apart">
        <strong>{title}</strong>
        <span class="hint">
          up to {number.format(top)} {unit}, the last {seconds} s
        </span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {[0.25, 0.5, 0.75].map((part) => (
          <line key={part} class="axis" x1="0" x2={WIDTH} y1={HEIGHT * part} y2={HEIGHT * part} />
        ))}
        {shown.flatMap(({ values }, index) =>
          linesOf(values, { seconds, top }).map((points, part) => (
            <polyline key={`${index} ${part}`} points={points} {...strokeOf(index)} />
          )),
        )}
      </svg>
      <div class="legend">
        {shown.map((one, index) => (
          <span key={one.name}>
            <svg viewBox="0 0 22 8" aria-hidden="true">
              <line x1="0" x2="22" y1="4" y2="4" stroke-width="3" {...strokeOf(index)} />
            </svg>
            {one.name} <strong>{lastOf(one)}</strong> {unit}
          </span>
        ))}
      </div>
    </figure>
  );
};
