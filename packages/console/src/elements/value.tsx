import { valueText } from '../data/value-text.ts';

/** A field's value; one that is empty says so. */
export const Value = ({ of, kind }: { readonly of: unknown; readonly kind?: 'from' | 'to' }) => {
  const text = valueText(of);
  return text === '' ? <span class="nothing">empty</span> : <span class={kind}>{text}</span>;
};
