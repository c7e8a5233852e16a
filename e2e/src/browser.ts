import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Page, chromium as playwright } from 'playwright-core';

/** A page of a real browser that reaches this machine alone. */
export type Browser = {
  readonly page: Page;
  /** What the page has asked for, whatever came of it. */
  readonly requested: readonly URL[];
  /** Errors of its scripts, and what its policies forbade. */
  readonly errors: readonly string[];
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

type Installed = { readonly executablePath: string; readonly libraries: string | undefined };

/**
 * Chromium as its npm package brings it, with the libraries that a bare machine lacks: the package unpacks these where
 * it believes to be on Lambda, and names them in a variable that is no business of our other processes.
 */
const unpack = async (): Promise<Installed> => {
  const { AWS_LAMBDA_JS_RUNTIME, LD_LIBRARY_PATH } = process.env;
  const put = (name: string, value: string | undefined) => {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  put('AWS_LAMBDA_JS_RUNTIME', 'nodejs22.x');
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    return { executablePath: await chromium.executablePath(), libraries: process.env['LD_LIBRARY_PATH'] };
  } finally {
    put('AWS_LAMBDA_JS_RUNTIME', AWS_LAMBDA_JS_RUNTIME);
    put('LD_LIBRARY_PATH', LD_LIBRARY_PATH);
  }
};

/** Starts a browser with a profile of its own, which goes with it. */
export const startBrowser = async (): Promise<Browser> => {
  await using started = new AsyncDisposableStack();
  const { executablePath, libraries } = await unpack();
  const profile = await mkdtemp(join(tmpdir(), 'browser-'));
  started.defer(() => rm(profile, { recursive: true, force: true }));
  const context = await playwright.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: flags,
    viewport: { width: 1_280, height: 1_600 },
    env: { ...process.env, ...(libraries !== undefined && { LD_LIBRARY_PATH: libraries }) },
  });
  started.defer(() => context.close());
  const page = await context.newPage();
  const requested: URL[] = [];
  const errors: string[] = [];
  page.on('request', (request) => requested.push(new URL(request.url())));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const owned = started.move();
  return { page, requested, errors, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};
