import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const EXECUTABLE = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

/**
 * Tests that look at pages in a real browser. Where none is installed they fail if `RFC3542_CONSUMERS` is `required`, and are
 * otherwise skipped under a name that says so.
 */
export function inBrowser(name: string, body: () => void): void {
  if (EXECUTABLE !== undefined) {
    describe(name, body);
    return;
  }
  const missing = 'Chromium is not installed (Debian: chromium)';
  if (process.env['RFC3542_CONSUMERS'] !== 'required') {
    describe(name, () => {
      test.skip(`NOT LOOKED AT, ${missing}`, () => undefined);
    });
  } else {
    test(name, () => {
      throw new Error(missing);
    });
  }
}

/** Pages in a browser, each with an account of everything that it complained about or asked the network for. */
export class Stage {
  #folder = '';
  #browser: Browser | undefined;

  async open(): Promise<void> {
    this.#folder = mkdtempSync(join(tmpdir(), 'page-'));
    this.#browser = await chromium.launch({
      executablePath: EXECUTABLE ?? '',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    rmSync(this.#folder, { recursive: true });
  }

  /** Writes a page to a file, as its readers have it. Returns its address. */
  write(name: string, html: string): string {
    const path = join(this.#folder, name);
    writeFileSync(path, html);
    return pathToFileURL(path).href;
  }

  async visit(address: string, look: Look = {}): Promise<Visit> {
    if (this.#browser === undefined) throw new Error('The browser is not open');
    const context = await this.#browser.newContext({
      viewport: { width: look.width ?? 1280, height: 900 },
      colorScheme: look.dark === true ? 'dark' : 'light',
      javaScriptEnabled: look.script ?? true,
    });
    const page = await context.newPage();
    const visit = new Visit(context, page);
    await page.goto(address);
    return visit;
  }
}

interface Look {
  readonly width?: number;
  readonly dark?: boolean;
  readonly script?: boolean;
}

export class Visit {
  /** What the console said, errors of scripts, and requests for anything but the page itself. */
  readonly complaints: string[] = [];

  constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('console', (message) => this.complaints.push(message.text()));
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('dialog', (dialog) => {
      this.complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (request.resourceType() !== 'document') this.complaints.push(`request: ${request.url()}`);
    });
  }

  /** The value of an expression in the page; the caller knows its type. */
  async read<T>(expression: string): Promise<T> {
    return this.page.evaluate<T>(expression);
  }

  async end(): Promise<void> {
    await this.context.close();
  }
}
