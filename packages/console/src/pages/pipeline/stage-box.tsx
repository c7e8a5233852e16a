import { Badge, type Tone } from '../../elements/badge.tsx';
import { Time } from '../../elements/time.tsx';
import type { Health, Stage } from './stages.ts';

const count = new Intl.NumberFormat('en');
const rate = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

const tones: Readonly<Record<Health, Tone>> = { flows: 'good', slow: 'warn', stuck: 'bad', look: 'warn' };
const texts: Readonly<Record<Health, string>> = {
  flows: 'flows',
  slow: 'backs up',
  stuck: 'does not get on',
  look: 'to look at',
};

/** One stage: how much came through, how fast, what waits, and how it is doing. */
export const StageBox = ({ of, href }: { readonly of: Stage; readonly href?: string | undefined }) => (
  <li class="stage" data-health={of.health}>
    <div class="row apart">
      <h2>{href ? <a href={href}>{of.name}</a> : of.name}</h2>
      <Badge tone={tones[of.health]}>{texts[of.health]}</Badge>
    </div>
    <div class="row">
      <span class="stage-count">{count.format(of.count)}</span>
      <span class="hint">{of.perSecond === undefined ? '…' : rate.format(of.perSecond)} /s</span>
    </div>
    {of.waiting !== undefined && (
      <span>
        {count.format(of.waiting)} waiting
        {of.oldestAt && (
          <>
            , the first since <Time at={of.oldestAt} ago />
          </>
        )}
      </span>
    )}
    <span class="hint">{of.what}</span>
  </li>
);
