import assert from 'node:assert/strict'
import { test } from 'node:test'
import { US, entry } from '../test/entries.ts'
import {
  type Credit,
  type CreditTerms,
  creditFile,
  creditLine,
  creditParts,
  creditTerms,
} from './attribution.ts'

const SINTEL: Credit = {
  title: 'Sintel',
  authors: ['Blender Foundation'],
  year: 2010,
  sourceUrl: 'https://durian.blender.org/',
  requestedForm: null,
  copyrightNotice: null,
  modifications: null,
  creditsMustPlay: false,
}

function terms(changes: Parameters<typeof entry>[0] = {}): CreditTerms {
  const found = creditTerms(entry(changes).basis, [US])
  assert(found !== null)
  return found
}

test('a credit names title, author, source and licence in one line, in both languages', () => {
  assert.equal(
    creditLine('en', SINTEL, terms()),
    '“Sintel” by Blender Foundation, durian.blender.org, CC BY 3.0',
  )
  assert.equal(
    creditLine('fr', SINTEL, terms()),
    '«\u00a0Sintel\u00a0», Blender Foundation, durian.blender.org, CC BY 3.0',
  )
})

test('a work in the public domain shows its year and where it is free', () => {
  const charade: Credit = {
    ...SINTEL,
    title: 'Charade',
    authors: ['Stanley Donen'],
    year: 1963,
    sourceUrl: null,
  }
  const free = terms({ basis: { kind: 'public-domain-term' } })
  assert.equal(
    creditLine('en', charade, free),
    '“Charade” by Stanley Donen, 1963, public domain (United States)',
  )
  const everywhere: CreditTerms = { kind: 'public-domain', places: ['worldwide'] }
  assert.equal(
    creditLine('fr', charade, everywhere),
    '«\u00a0Charade\u00a0», Stanley Donen, 1963, domaine public',
  )
})

test('a maker’s own form stands in the place of the authors, behind the title', () => {
  const bunny: Credit = {
    ...SINTEL,
    title: 'Big Buck Bunny',
    sourceUrl: null,
    requestedForm: '(c) copyright Blender Foundation | www.bigbuckbunny.org',
  }
  assert.equal(
    creditLine('en', bunny, terms()),
    '“Big Buck Bunny”, (c) copyright Blender Foundation | www.bigbuckbunny.org, CC BY 3.0',
  )
})

test('the parts carry what to link to', () => {
  const parts = creditParts('en', SINTEL, terms())
  assert.deepEqual(
    parts.map((part) => [part.kind, part.url]),
    [
      ['title', null],
      ['author', null],
      ['source', 'https://durian.blender.org/'],
      ['licence', 'https://creativecommons.org/licenses/by/3.0/'],
    ],
  )
})

test('the file beside a film has the licence’s address, says what was changed, and keeps its credits', () => {
  const changed: Credit = {
    ...SINTEL,
    copyrightNotice: '© 2010 Blender Foundation',
    modifications: 're-encoded to H.264 1080p on 2 May 2026',
    creditsMustPlay: true,
  }
  assert.equal(
    creditFile('en', changed, terms()),
    [
      '“Sintel”',
      'Blender Foundation',
      '© 2010 Blender Foundation',
      'https://durian.blender.org/',
      'Creative Commons Attribution 3.0 Unported',
      'https://creativecommons.org/licenses/by/3.0/',
      'changed: re-encoded to H.264 1080p on 2 May 2026',
      'Whoever shows or passes on the film shows its credits too.',
      '',
    ].join('\n'),
  )
})

test('nobody’s title breaks a credit into lines of its own', () => {
  const sly: Credit = { ...SINTEL, title: 'Sin\ntel\u0000', authors: ['A\r\nLicence: CC0', ' '] }
  assert.doesNotMatch(creditLine('en', sly, terms()), /\p{Cc}/u)
  assert.match(creditLine('en', sly, terms()), /^“Sin tel” by A Licence: CC0/u)
})

test('a work without known authors, and terms that free nothing', () => {
  const bare: Credit = { ...SINTEL, authors: [], sourceUrl: 'not a url' }
  assert.equal(creditLine('en', bare, terms()), '“Sintel”, not a url, CC BY 3.0')
  assert.equal(creditTerms({ kind: 'disputed' }, []), null)
  assert.equal(creditTerms({ kind: 'licence', licence: 'CC-BY' }, []), null)
  const own = terms({
    basis: {
      kind: 'submission',
      terms: { kind: 'licence', licence: 'CC0-1.0' },
    },
  })
  assert.match(creditLine('en', SINTEL, own), /CC0 1\.0$/u)
  assert.match(creditLine('en', SINTEL, { kind: 'own-terms' }), /with its maker’s permission$/u)
})
