/** What a person who decides about a candidate is shown: a page that loads nothing, and the same as JSON. */
import { html, htmlText, joined, linkTo, type Html } from '../feed/html.ts'
import { plainLine } from '../plain-text.ts'
import type { FetchedFile } from './fetch/download.ts'
import type { CandidateState } from './harvest-state.ts'
import type { EvidencePage } from './record-draft.ts'

/** A file that was fetched. */
export interface ReviewedFile extends FetchedFile {
  readonly url: string
  readonly name: string
}

/** Everything that is known when a person decides. */
export interface Review {
  readonly key: string
  readonly workId: string | null
  readonly title: string
  readonly state: CandidateState
  readonly sourceUrl: string | null
  /** As identifiers or words. */
  readonly licence: string | null
  readonly licenceUrl: string | null
  /** What strangers say of the rights, as words. */
  readonly said: readonly string[]
  /** Each has to be answered before the work is offered. */
  readonly doubts: readonly string[]
  readonly duties: readonly string[]
  /** What would still be missing after a check. */
  readonly missing: readonly string[]
  /** Where the work could be offered after a check. */
  readonly places: readonly string[]
  readonly files: readonly ReviewedFile[]
  readonly pages: readonly EvidencePage[]
  readonly infoHashes: readonly string[]
  readonly notes: readonly string[]
}

const POLICY = "default-src 'none'; style-src 'unsafe-inline'"
const STYLE = `
body { font: 11pt/1.5 Georgia, serif; margin: 2rem auto; max-width: 50rem; padding: 0 1rem }
h1 { font-size: 1.5rem; margin-bottom: 0 }
h2 { border-bottom: 1px solid; font-size: 1.1rem; margin: 1.4rem 0 .4rem }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: 1px solid #999; padding: .3rem .6rem .3rem 0; text-align: left; vertical-align: top }
li, td, p { overflow-wrap: anywhere }
`

/** The sheet of one candidate as an HTML page. What strangers wrote is text in it. */
export function reviewPage(review: Review): string {
  const { title, state, sourceUrl, licence, licenceUrl, files, pages } = review
  return page(
    html`${plainLine(title)}`,
    html`<h1>${plainLine(title)}</h1>
      <p>${plainLine(review.key)} · ${stateWords(state)}</p>
      <h2>Where it comes from</h2>
      <p>${sourceUrl === null ? html`nobody knows` : linkTo(sourceUrl, plainLine(sourceUrl))}</p>
      <h2>The licence that was found</h2>
      <p>
        ${licence === null ? 'none' : plainLine(licence)}
        ${licenceUrl === null ? '' : linkTo(licenceUrl, licenceUrl)}
      </p>
      ${section('What was said about its rights', review.said)}
      ${section('To be answered first', review.doubts)}
      ${section('What follows for whoever offers it', review.duties)}
      ${section('Still missing after a check', review.missing)}
      ${section('Where it could be offered after a check', review.places)}
      <h2>Files</h2>
      ${table(
        ['file', 'bytes', 'SHA-256', 'compared'],
        files.map(({ name, url, lengthBytes, sha256, wasNamed }) => [
          linkTo(url, name),
          html`${String(lengthBytes)}`,
          html`<code>${sha256}</code>`,
          html`${wasNamed ? 'with the hash that was named' : 'with nothing: nobody named a hash'}`,
        ]),
      )}
      <h2>Pages that were kept</h2>
      ${table(
        ['page', 'whose word', 'read on', 'copy'],
        pages.map(({ url, speaker, on, path }) => [
          linkTo(url, plainLine(url)),
          html`${speaker}`,
          html`${on}`,
          html`<code>${path}</code>`,
        ]),
      )}
      ${section('Info-hashes', review.infoHashes)} ${section('About the release', review.notes)}
      <h2>The decision</h2>
      <p>
        Nothing was published. Whoever answers every question above, and has read the pages that
        were kept, takes it over with “matinee feed harvest accept”, under a pseudonym.
      </p>`,
  )
}

/** A candidate in the list of all. */
export interface HarvestRow {
  readonly title: string
  readonly licence: string | null
  readonly state: CandidateState
  /** How many have to be answered. */
  readonly questions: number
  /** Of its sheet, from the list. */
  readonly path: string
}

/** The list of all candidates as an HTML page. */
export function harvestPage(rows: readonly HarvestRow[]): string {
  const cells = rows.map(({ title, licence, state, questions, path }) => [
    html`<a href="${path}">${plainLine(title)}</a>`,
    html`${licence === null ? 'none' : plainLine(licence)}`,
    html`${stateWords(state)}`,
    html`${String(questions)}`,
  ])
  return page(
    html`Harvest`,
    html`<h1>Harvest</h1>
      ${table(['candidate', 'licence', 'state', 'questions'], cells)}`,
  )
}

/** The same for programs. */
export function reviewJson(review: Review): string {
  return `${JSON.stringify({ type: 'matinee-review', version: 1, ...review }, null, 2)}\n`
}

/** A state in words. */
export function stateWords(state: CandidateState): string {
  switch (state.kind) {
    case 'waiting':
      return 'waits'
    case 'ready':
      return 'ready for a decision'
    case 'refused':
      return plainLine(`can’t become a work: ${state.why}`)
    case 'failed':
      return plainLine(`failed: ${state.why}`)
  }
}

function page(title: Html, body: Html): string {
  return htmlText(
    html`<!doctype html>
      <html lang="en">
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        <style>
          ${STYLE}
        </style>
        ${body}
      </html> `,
  )
}

function section(title: string, lines: readonly string[]): Html {
  if (lines.length === 0) return html``
  const items = lines.map((line) => html`<li>${plainLine(line)}</li>`)
  return html`<h2>${title}</h2>
    <ul>
      ${joined(items)}
    </ul>`
}

function table(heads: readonly string[], rows: readonly (readonly Html[])[]): Html {
  if (rows.length === 0) return html`<p>none</p>`
  const head = joined(heads.map((each) => html`<th>${each}</th>`))
  const body = rows.map(
    (row) =>
      html`<tr>
        ${joined(row.map((cell) => html`<td>${cell}</td>`))}
      </tr>`,
  )
  return html`<table>
    <thead>
      <tr>
        ${head}
      </tr>
    </thead>
    <tbody>
      ${joined(body)}
    </tbody>
  </table>`
}
