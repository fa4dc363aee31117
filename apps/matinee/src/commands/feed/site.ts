import { join, resolve } from 'node:path'
import { messageOf } from '@matinee/base'
import { systemClock } from '@matinee/engine/system'
import { UsageError, type Command, type Screen } from '../../command.ts'
import { findSignedFolder } from '../../feed/signed-folder.ts'
import { readOnly, readOptions } from '../../options.ts'
import { plainLine } from '../../plain-text.ts'
import { dayOf } from '../../publisher/calendar.ts'
import { PublisherError } from '../../publisher/publisher-error.ts'
import { makeSite, type MadeSite } from '../../site/site.ts'
import { SiteError } from '../../site/site-error.ts'
import { SITE_LANGUAGES } from '../../site/site-model.ts'

const HELP = `Usage: matinee feed site DIR [--out OUT] [--base-url URL] [--language en|fr]

Writes a static site of the feed that is published in DIR: a publisher's folder, or a copy
of a feed. Its pages play films from their web seeds in any browser, without installing
anything. With --base-url the same folder is an add-on of Stremio and an RSS feed with
torrents, too. Any static server can give it out; one that answers ranges isn't needed.

Shown are works that may be offered everywhere: a page can't know where it is read. What
is left out is named. Made again, only what changed is written, and what was withdrawn is
removed; files that aren't the site's are never touched.

  --out OUT        the site's folder: new, empty, or this feed's site (default: site in
                   a publisher's folder)
  --base-url URL   where the site will be, as https://films.example/
  --language L     in which its own words are: en (default), de, es or fr
  --json           print JSON objects
`

/** More releases than these are counted; `--json` names all. */
const MOST_NAMED = 5

/** `matinee feed site`. */
export const siteCommand: Command = { help: HELP, run }

async function run(args: readonly string[], screen: Screen): Promise<number> {
  const { values, positionals } = readOptions(args, {
    out: { type: 'string', short: 'o' },
    'base-url': { type: 'string' },
    language: { type: 'string', default: 'en' },
    json: { type: 'boolean', default: false },
  })
  const path = resolve(readOnly(positionals, 'the folder of the feed'))
  const language = SITE_LANGUAGES.find((each) => each === values.language)
  if (language === undefined)
    throw new UsageError(`--language ${values.language} is none of ${SITE_LANGUAGES.join(', ')}`)
  const baseUrl = values['base-url'] === undefined ? null : readBaseUrl(values['base-url'])
  const feed = await findSignedFolder(path)
  if (feed === null)
    throw new UsageError(`${path} holds no signed feed: "matinee feed verify" says more`)
  const publisher = feed.path === join(path, 'feed') ? path : null
  if (values.out === undefined && publisher === null)
    throw new UsageError('where the site goes is missing: --out FOLDER')
  const out = resolve(values.out ?? join(path, 'site'))
  if (`${out}/`.startsWith(`${feed.path}/`) || `${feed.path}/`.startsWith(`${out}/`))
    throw new UsageError(
      `${out} would lie in the feed itself, which mirrors carry: name another folder`,
    )
  try {
    const made = await makeSite({
      feed,
      publisher,
      out,
      baseUrl,
      language,
      nowMs: systemClock().wallMs(),
    })
    if (values.json) screen.event({ event: 'site', folder: out, baseUrl, ...made })
    else say(made, out, baseUrl, screen)
    return 0
  } catch (error) {
    if (error instanceof SiteError) throw new UsageError(error.message, { cause: error })
    if (error instanceof PublisherError) throw new UsageError(messageOf(error), { cause: error })
    throw error
  }
}

function say(made: MadeSite, out: string, baseUrl: string | null, screen: Screen): void {
  const { works, played, written, kept, removed, leftOut, expiredMs } = made
  screen.line(`the site is in ${out}`)
  screen.line(`  works     ${works}, ${played} of them with a web seed that browsers can play from`)
  screen.line(`  files     ${written} written, ${kept} as they were, ${removed} removed`)
  for (const { kind, what, why } of leftOut)
    if (kind === 'work') screen.line(plainLine(`  left out  ${what}: ${why}`))
  const parts = leftOut.filter(({ kind }) => kind === 'part')
  for (const [why, all] of Map.groupBy(parts, (each) => each.why)) {
    const releases = [...new Set(all.map(({ what }) => what))]
    const named = releases.slice(0, MOST_NAMED).join(', ')
    const more = releases.length > MOST_NAMED ? ` and ${releases.length - MOST_NAMED} more` : ''
    screen.line(plainLine(`  without   ${named}${more}: ${why}`))
  }
  if (expiredMs !== null)
    screen.note(`the feed expired on ${dayOf(expiredMs)}: sign it anew, then make the site again`)
  if (baseUrl === null)
    screen.note('without --base-url there is no RSS feed and no add-on: these name whole addresses')
}

/** A folder's address. Throws {@link UsageError}. */
function readBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const isPlain =
    url !== null &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    `${url.username}${url.password}${url.search}${url.hash}` === ''
  if (url === null || !isPlain)
    throw new UsageError(`--base-url ${text} is no address like https://films.example/`)
  return url.href.endsWith('/') ? url.href : `${url.href}/`
}
