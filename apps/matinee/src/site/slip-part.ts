import { html, joined, linkTo, type Html } from '../feed/html.ts'
import type { SiteModel, SiteWork } from './site-model.ts'
import { siteWords } from './site-words.ts'

/** The card "May I watch and share this?": answer, what is allowed, licence, evidence, and how to credit it. */
export function slipPart({ language }: SiteModel, { releases }: SiteWork): Html {
  const say = siteWords(language)
  const [first] = releases
  if (first === undefined) return html``
  const { slip } = first
  const verbs = slip.permissions.map(
    ({ label, words, kind }) =>
      html`<li class="verb-${kind}"><strong>${label}</strong> <span>${words}</span></li>`,
  )
  const evidence = slip.evidence.map(({ words, url, date }) => {
    const said = date === null ? words : `${words}, ${date}`
    return html`<li>${url === null ? html`${said}` : linkTo(url, said)}</li>`
  })
  const { name, url } = slip.licence
  return html`<section class="slip" aria-labelledby="slip">
    <h2 id="slip" class="slip-question">${say('question')}</h2>
    <p class="slip-answer">${say(slip.answer)}</p>
    <p class="slip-words">${slip.sentence}</p>
    <ul class="slip-verbs">
      ${joined(verbs)}
    </ul>
    <dl class="slip-facts">
      ${
        name === ''
          ? ''
          : html`<dt>${say('licence')}</dt>
              <dd>
                ${url === null ? html`${name}` : html`<a href="${url}" rel="license noreferrer">${name}</a>`}
              </dd>`
      }
      ${
        slip.attribution === ''
          ? ''
          : html`<dt>${say('credit')}</dt>
              <dd dir="auto">${slip.attribution}</dd>`
      }
      ${
        evidence.length === 0
          ? ''
          : html`<dt>${say('evidence')}</dt>
              <dd>
                <ul class="plain">
                  ${joined(evidence)}
                </ul>
              </dd>`
      }
    </dl>
    ${slip.checked === null ? '' : html`<p>${slip.checked}</p>`}
    ${joined(slip.missing.map((each) => html`<p>${each}</p>`))}
  </section>`
}
