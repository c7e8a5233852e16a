import type { SimulatedEvent } from '../scenario/scenario.ts';

/** `first` and `repeat` are AcmeCRM at work; the other two are planted and must be refused. */
export type DeliveryKind = 'first' | 'repeat' | 'badSignature' | 'malformed';

/** One POST to make, with the event that it tells of; a planted one's event happened only in its body. */
export type Delivery = { readonly kind: DeliveryKind; readonly event: SimulatedEvent };

/** Whether a refusal of this kind of delivery is what ought to happen. */
export const isPlanted = (kind: DeliveryKind): boolean => kind === 'badSignature' || kind === 'malformed';

/** The answer that a planted delivery must get (design rule 1). */
export const plantedAnswer: Readonly<Record<'badSignature' | 'malformed', { status: number; code: string }>> =
  {
    badSignature: { status: 401, code: 'SIGNATURE_INVALID' },
    malformed: { status: 400, code: 'MALFORMED_BODY' },
  };

/** The body as it goes over the wire. A malformed one ends in the middle of its JSON. */
export const bodyOf = ({ kind, event }: Delivery): string => {
  const body = JSON.stringify(event.webhook);
  return kind === 'malformed' ? body.slice(0, Math.floor(body.length / 2)) : body;
};
