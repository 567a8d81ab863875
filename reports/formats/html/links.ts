import { oneLine, webLink } from '../../text';
import { markup, type Markup } from './markup';

/** The label, as a link where its target is a page. */
export function linked(label: string, link: string): Markup {
  const url = webLink(link);
  const shown = oneLine(label, 300);
  return url === undefined ? markup`${shown}` : markup`<a href="${url}" rel="noreferrer">${shown}</a>`;
}
