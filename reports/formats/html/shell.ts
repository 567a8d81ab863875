import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { markup, Markup } from './markup';

const read = (name: string): string => readFileSync(join(__dirname, name), 'utf8').trim();
/** In the order of the cascade. */
const STYLES = ['base', 'verdicts', 'head', 'map', 'filters', 'rules', 'packet', 'matrix', 'media'];
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * A page that needs nothing but itself. Its policy allows its own style and script by their hashes and no request at all, so
 * that even markup that slipped through could neither run nor call home.
 */
export function page(title: string, body: Markup): string {
  const style = STYLES.map((name) => read(`styles/${name}.css`)).join('\n\n');
  const script = read('page.js');
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `${
    markup`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta http-equiv="Content-Security-Policy" content="${policy}" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="referrer" content="no-referrer" />
          <title>${title}</title>
          <style>${new Markup(style)}</style>
        </head>
        <body>
          ${body}
          <script>${new Markup(script)}</script>
        </body>
      </html>`.text
  }\n`;
}
