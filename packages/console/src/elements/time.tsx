import { agoText, timeText } from '../data/time-text.ts';

/** A time; `ago` tells how long ago it was, and the time itself when it is pointed at. */
export const Time = ({ at, ago = false }: { readonly at: string; readonly ago?: boolean }) => (
  <time dateTime={at} title={at}>
    {ago ? agoText(at) : timeText(at)}
  </time>
);
