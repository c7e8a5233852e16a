import type { ApiRoutes, CallAnswer } from '@contact-sync/client';

export type Sweep = CallAnswer<ApiRoutes['getSweep']>['body'];

/** How far a sweep is, in one line. */
export const textOf = ({ state, progress, failure }: Omit<Sweep, 'findings'>): string => {
  const { read, agreed, imported, healed, missedVersions, young, checkedHere } = progress;
  const { behindThere, differs, onlyHere, notCreated, createPending, unreadable } = progress;
  const here = checkedHere > 0 ? `, ${checkedHere} looked for there` : '';
  const trouble = failure === undefined ? '' : ` (${failure}; it tries on)`;
  return (
    `${state}: ${read} records read${here}: ${agreed} agree, ${imported} imported, ` +
    `${healed} healed of ${missedVersions} missed versions, ${young} young, ${behindThere} behind there, ` +
    `${differs} differ, ${onlyHere} only here, ${notCreated} not created there, ${createPending} creates pending, ` +
    `${unreadable} unreadable${trouble}`
  );
};

/** One difference. */
export const findingText = (finding: Sweep['findings'][number]): string => {
  const { difference, acmeId, contactId, here, there, pointer, why } = finding;
  return [
    `  ${difference}: ${acmeId ?? 'no record'}`,
    ...(contactId === undefined ? [] : [`contact ${contactId}`]),
    ...(acmeId === undefined ? [] : [`here ${here ?? 'none'}, there ${there ?? 'none'}`]),
    ...(pointer === undefined ? [] : [`at ${pointer}`]),
    ...(why === undefined ? [] : [why]),
  ].join(', ');
};

/** Whether a full one found both sides alike, and what a dry run left undone. */
export const verdictOf = ({ agrees, request }: Sweep): string => {
  const note = request.dryRun ? ' Nothing was published.' : '';
  if (agrees === undefined) return note;
  return agrees ? ' Both sides agree.' : ` The two sides did not agree.${note}`;
};
