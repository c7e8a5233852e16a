const nameRoot = "name the file of its signer's root in NODE_EXTRA_CA_CERTS";
const untrusted = `the server's certificate is not signed by anybody who is trusted here: ${nameRoot}`;

/** By the codes of Node (`tls.connect`). */
const advice: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  CERT_SIGNATURE_FAILURE: `the server's certificate is signed with another key than that of the root of this name: ${nameRoot}`,
  CERT_HAS_EXPIRED: "the server's certificate, or one that signed it, has expired: renew it",
  CERT_NOT_YET_VALID: "the server's certificate is not valid yet: look at both clocks",
  ERR_TLS_CERT_ALTNAME_INVALID:
    "the server's certificate is for other names than the one in its address: use a name that it is for, or have it issued for this one",
};

const deepest = 8;

/** What an operator does about a server whose certificate was refused; undefined where an error is about something else. */
export const certificateAdvice = (error: unknown): string | undefined => {
  let current = error;
  for (let depth = 0; depth < deepest && current instanceof Error; depth += 1) {
    const code = 'code' in current ? current.code : undefined;
    if (typeof code === 'string' && Object.hasOwn(advice, code)) return advice[code];
    current = current.cause;
  }
  return undefined;
};
