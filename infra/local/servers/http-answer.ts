const TIMEOUT_MS = 2_000;

/** Resolves when GET `url` answers 200. */
export async function answersOk(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  await response.body?.cancel();
  if (response.status !== 200) throw new Error(`status ${response.status}`);
}
