/** What is checked: as it came, and the secret that both sides share. */
export type Signed = {
  readonly body: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly secret: string;
};

/** One part of a delivery and what is wrong with it, or that nothing is. */
export type Finding = {
  readonly part: 'timestamp' | 'signature' | 'content';
  readonly ok: boolean;
  readonly text: string;
};

/** How far a timestamp may be off, in seconds (design section 3, rule 1). */
const WINDOW_SECONDS = 300;
const MOST_SIGNATURES = 5;

const encoder = new TextEncoder();

/** HMAC-SHA256 in lower-case hexadecimal. */
export const hmacHex = async (secret: string, text: string): Promise<string> => {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  // No key of WebCrypto is empty.
  const bytes = encoder.encode(secret === '' ? '\0' : secret);
  const key = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign']);
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)));
  return Array.from(mac, (byte) => byte.toString(16).padStart(2, '0')).join('');
};

const timestampFinding = (timestamp: string, nowMs: number): Finding => {
  const wrong = (text: string): Finding => ({ part: 'timestamp', ok: false, text });
  if (timestamp === '') return wrong('It is missing.');
  if (!/^\d+$/.test(timestamp)) return wrong('It is not a whole number of Unix seconds.');
  if (/^\d{13}$/.test(timestamp)) return wrong('It is in milliseconds; Unix seconds are wanted.');
  const off = Number(timestamp) - Math.floor(nowMs / 1_000);
  const direction = off < 0 ? 'ago' : 'ahead';
  if (Math.abs(off) > WINDOW_SECONDS)
    return wrong(`It is ${Math.abs(off)} s ${direction}; ${WINDOW_SECONDS} s are allowed.`);
  return {
    part: 'timestamp',
    ok: true,
    text: `${Math.abs(off)} s ${direction}, within the ${WINDOW_SECONDS} s.`,
  };
};

const signaturesOf = (header: string): string[] => header.split(',').map((one) => one.trim());

const formFault = (header: string): string | undefined => {
  if (header === '') return 'It is missing.';
  const all = signaturesOf(header);
  if (all.length > MOST_SIGNATURES) return `It names more than ${MOST_SIGNATURES} signatures.`;
  if (all.some((one) => /^sha256=[0-9a-f]{64}$/.test(one))) return undefined;
  if (all.some((one) => /^sha256=[0-9a-f]{64}$/i.test(one)))
    return 'Its hexadecimal is in upper case; lower case is wanted.';
  if (all.some((one) => /^[0-9a-f]{64}$/i.test(one))) return 'It lacks the sha256= in front.';
  if (all.some((one) => one.startsWith('sha256='))) return 'It has not the 64 hexadecimal digits of SHA-256.';
  return 'It is not of the form sha256=<64 hexadecimal digits>.';
};

const rewritten = (body: string, space?: number): string => {
  try {
    return JSON.stringify(JSON.parse(body), null, space);
  } catch {
    return body;
  }
};

type Slip = { readonly text: string; readonly of: (signed: Signed) => { secret: string; content: string } };

const contentOf = ({ timestamp, body }: Signed): string => `${timestamp}.${body}`;

/** What senders get wrong, in the order in which it is likely: what was signed then, and with what. */
const slips: readonly Slip[] = [
  {
    text: 'The body alone was signed; <timestamp>. belongs in front of it.',
    of: ({ secret, body }) => ({ secret, content: body }),
  },
  {
    text: 'The secret was used with a blank or a line end around it.',
    of: (signed) => ({ secret: signed.secret.trim(), content: contentOf(signed) }),
  },
  {
    text: 'The secret was used with a line end behind it.',
    of: (signed) => ({ secret: `${signed.secret}\n`, content: contentOf(signed) }),
  },
  {
    text: 'The body was signed without the line end that it was sent with.',
    of: (signed) => ({
      secret: signed.secret,
      content: contentOf({ ...signed, body: signed.body.trimEnd() }),
    }),
  },
  {
    text: 'The body was signed with a line end that it was not sent with.',
    of: (signed) => ({ secret: signed.secret, content: `${contentOf(signed)}\n` }),
  },
  {
    text: 'The body was written anew between signing and sending: it was signed without blanks.',
    of: (signed) => ({
      secret: signed.secret,
      content: contentOf({ ...signed, body: rewritten(signed.body) }),
    }),
  },
  {
    text: 'The body was written anew between signing and sending: it was signed with blanks.',
    of: (signed) => ({
      secret: signed.secret,
      content: contentOf({ ...signed, body: rewritten(signed.body, 2) }),
    }),
  },
  {
    text: 'The timestamp was signed in milliseconds.',
    of: (signed) => ({
      secret: signed.secret,
      content: contentOf({ ...signed, timestamp: `${signed.timestamp}000` }),
    }),
  },
];

const contentFinding = async (signed: Signed): Promise<Finding> => {
  const given = signaturesOf(signed.signature).map((one) => one.replace(/^sha256=/i, '').toLowerCase());
  const fits = async (secret: string, content: string) => given.includes(await hmacHex(secret, content));
  if (await fits(signed.secret, contentOf(signed)))
    return { part: 'content', ok: true, text: 'It is signed with this secret over this timestamp and body.' };
  for (const { text, of } of slips) {
    const { secret, content } = of(signed);
    if (await fits(secret, content)) return { part: 'content', ok: false, text };
  }
  const text = 'The signature is of another secret, another timestamp, or another body than this.';
  return { part: 'content', ok: false, text };
};

/** Which part of a delivery is wrong. Nothing leaves the browser. */
export const checkSignature = async (signed: Signed, nowMs: number): Promise<Finding[]> => {
  const fault = formFault(signed.signature);
  return [
    timestampFinding(signed.timestamp, nowMs),
    { part: 'signature', ok: fault === undefined, text: fault ?? 'It has the form that is wanted.' },
    await contentFinding(signed),
  ];
};
