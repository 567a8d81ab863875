import { HOSTILE } from '../golden/record';
import { markup } from './markup';

test('text is escaped in elements and in attributes, controls are spelt out', () => {
  expect(markup`<a title="${'"><script>'}">${'<b>\u0000'}</a>`.text).toBe(
    '<a title="&quot;&gt;&lt;script&gt;">&lt;b&gt;\\x00</a>',
  );
  expect(markup`<p>${HOSTILE}</p>`.text).not.toMatch(/<(?!\/?p>)/);
});

test('markup within markup stays, lists are joined, nothing is written for nothing', () => {
  const items = [1, 2].map((each) => markup`<li>${each}</li>`);
  expect(markup`<ul>${items}${undefined}${false}</ul>`.text).toBe('<ul><li>1</li><li>2</li></ul>');
});

test('the indentation of a template is left out, that of a text stays', () => {
  expect(
    markup`<p>
      ${'a\n  b'}
    </p>`.text,
  ).toBe('<p>\na\n  b\n</p>');
});
