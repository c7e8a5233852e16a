/** What came over the wire, as it came. */
export type Delivery = {
  /** Names in lower case, as Node gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /**
   * Names and values in turn, as Node's `rawHeaders`. Node joins repeated headers into one text; only with these can a
   * header that was sent twice be told from a list, and then it is refused.
   */
  readonly rawHeaders?: readonly string[];
  /** The exact bytes of the body, before any parsing. */
  readonly body: Uint8Array;
  /** Milliseconds since 1970. */
  readonly now: number;
};

export type SignatureFault =
  | 'SIGNATURE_MISSING'
  | 'SIGNATURE_INVALID'
  | 'TIMESTAMP_INVALID'
  | 'TIMESTAMP_OUTSIDE_WINDOW';

export type Verdict =
  | {
      readonly ok: true;
      /** Which secret signed it. */
      readonly secretId: string;
      /** The sender's clock at this attempt, Unix seconds. */
      readonly timestamp: number;
    }
  | { readonly ok: false; readonly code: SignatureFault };

export type SignatureVerifier = {
  /**
   * Judges one delivery: the signature over the raw bytes, then the timestamp (design rule 1). Never throws, whatever
   * the headers and the body hold; does at most 3 HMACs over the body and 15 comparisons, each in constant time.
   */
  verify(delivery: Delivery): Verdict;
};

export const refused = (code: SignatureFault): Verdict => ({ ok: false, code });
