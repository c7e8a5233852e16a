const TIMEOUT_MS = 2_000;
const EXCERPT = 400;

/** Resolves when GET `url` answers 200; what it says otherwise is the reason of the rejection. */
export async function answersOk(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const text = await response.text();
  if (response.status !== 200)
    throw new Error(`${url} answers ${response.status}: ${text.slice(0, EXCERPT)}`);
}
