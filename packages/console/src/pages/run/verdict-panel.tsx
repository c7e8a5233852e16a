import type { Verdict } from '@contact-sync/api-contracts';
import { Badge } from '../../elements/badge.tsx';
import { Figure, Figures } from '../../elements/figure.tsx';
import { FindingList } from './finding-list.tsx';
import { ScenarioVerdicts } from './scenario-verdicts.tsx';

const badIf = (count: number) => (count > 0 ? 'bad' : 'plain');

const ms = (value: number | null): string => (value === null ? '–' : `${value.toFixed(0)} ms`);

const Refused = ({ of: { refused } }: { readonly of: Verdict }) =>
  refused.length === 0 ? null : (
    <div class="row">
      {refused.map(({ status, code, count, planted }) => (
        <Badge key={`${status} ${code} ${planted}`} tone={planted ? 'good' : 'bad'}>
          {count} × {status} {code}, {planted ? 'as planted' : 'not planted'}
        </Badge>
      ))}
    </div>
  );

/** What became of a run, and every difference with the contact and the events that it is about. */
export const VerdictPanel = ({ of }: { readonly of: Verdict }) => {
  const { lost, doubled, unexpected, unverified, fates, latency } = of;
  return (
    <section class="card" aria-labelledby="verdict">
      <div class="row apart">
        <h2 id="verdict">Verdict</h2>
        <Badge tone={of.ok ? 'good' : 'bad'}>
          {of.ok ? 'nothing lost, nothing doubled' : 'there are differences'}
        </Badge>
      </div>
      <Figures label="Findings">
        <Figure label="Lost" value={lost.length} tone={badIf(lost.length)} />
        <Figure label="Doubled" value={doubled.length} tone={badIf(doubled.length)} />
        <Figure label="Unexpected" value={unexpected.length} tone={badIf(unexpected.length)} />
        <Figure
          label="Unverified"
          value={unverified.length}
          tone={unverified.length > 0 ? 'warn' : 'plain'}
        />
        <Figure label="Retries" value={of.retries} />
        <Figure label="Unanswered" value={of.unanswered} tone={badIf(of.unanswered)} />
        <Figure label="Latency p50" value={ms(latency.p50Ms)} hint={`${latency.samples} timed`} />
        <Figure label="Latency p99" value={ms(latency.p99Ms)} />
      </Figures>
      <Refused of={of} />
      <p class="hint">
        Fates: {fates.applied} applied, {fates.unchanged} unchanged, {fates.superseded} superseded,{' '}
        {fates.duplicate} duplicate, {fates.dead_letter} dead letters, {of.unverifiedFates} not told.
      </p>
      <FindingList title="Lost" of={lost} />
      <FindingList title="Doubled" of={doubled} />
      <FindingList title="Unexpected" of={unexpected} />
      <FindingList title="Unverified" of={unverified} />
      <ScenarioVerdicts of={of.scenarios} />
    </section>
  );
};
