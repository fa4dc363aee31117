import { thanksFor } from '@matinee/viewer'
import { html, joined, type Html } from '../feed/html.ts'
import { namesOf } from './page-frame.ts'
import type { SiteModel, SiteWork } from './site-model.ts'
import { siteWords, type SiteWord } from './site-words.ts'

const HEADINGS = {
  'hand-made': 'thanks.hand-made',
  everyone: 'thanks.everyone',
  plain: 'thanks',
} as const satisfies Record<string, SiteWord>

/** How the makers take thanks: links to the payees' own pages, and what is known about whose they are. */
export function thanksPart(model: SiteModel, { record, releases }: SiteWork): Html {
  const signer = { kind: 'signed', name: namesOf(model).name } as const
  const thanks = thanksFor(record, releases[0]?.release, signer, model.viewer)
  if (thanks === null) return html``
  const lines = thanks.channels.map(({ label, way }) =>
    way.kind === 'page'
      ? html`<li><a href="${way.url}" rel="noreferrer" dir="auto">${label}</a></li>`
      : html`<li dir="auto">${label}: <a href="lightning:${way.address}">${way.address}</a></li>`,
  )
  return html`<section class="thanks">
    <h2>${siteWords(model.language)(HEADINGS[thanks.tone])}</h2>
    <ul class="plain">
      ${joined(lines)}
    </ul>
    <p class="note">${thanks.proof}</p>
  </section>`
}
