import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressesInHtml, wordsOfHtml } from './html-words.ts'
import { claimOf, licencesInPage, type RightsClaim } from './rights-claim.ts'

const NOTHING = { named: [], urls: [], texts: [], statuses: [] }

function ofUrl(...urls: readonly string[]): RightsClaim {
  return claimOf({ ...NOTHING, urls }, null)
}

test('however a site writes the address of a licence, it is the same one', () => {
  for (const url of [
    'http://creativecommons.org/licenses/by-sa/3.0/',
    'https://www.creativecommons.org/licenses/by-sa/3.0',
    'HTTPS://CreativeCommons.org/Licenses/BY-SA/3.0/deed.fr',
    'https://creativecommons.org/licenses/by-sa/3.0/legalcode',
  ])
    assert.deepEqual(ofUrl(url).basis, { kind: 'licence', licence: 'CC-BY-SA-3.0' }, url)
  const ported = ofUrl('http://creativecommons.org/licenses/by-sa/3.0/fr/')
  assert.deepEqual(ported.basis, { kind: 'licence', licence: 'LicenseRef-CC-BY-SA-3.0-FR' })
  assert.notDeepEqual(ported.basis, ofUrl('http://creativecommons.org/licenses/by-sa/3.0/').basis)
  // The same twice, written in two ways, is no contradiction.
  const same = ofUrl(
    'http://creativecommons.org/licenses/by/4.0/',
    'https://creativecommons.org/licenses/by/4.0/deed.en',
  )
  assert.deepEqual(same.basis, { kind: 'licence', licence: 'CC-BY-4.0' })
  assert.deepEqual(same.doubts, [])
})

test('a licence without a version is none, and it is said why', () => {
  const claim = ofUrl('https://creativecommons.org/licenses/by/')
  assert.equal(claim.basis, null)
  assert.match(claim.doubts.join(), /names no text of theirs/u)
  assert.equal(claimOf({ ...NOTHING, named: ['CC-BY'] }, null).basis, null)
  assert.equal(claimOf(NOTHING, null).basis, null)
  assert.equal(
    claimOf({ ...NOTHING, texts: ['It is on the web, so it is free.'] }, null).basis,
    null,
  )
})

test('two licences that differ are none', () => {
  const claim = ofUrl(
    'https://creativecommons.org/licenses/by/4.0/',
    'https://creativecommons.org/licenses/by-nc/4.0/',
  )
  assert.equal(claim.basis, null)
  assert.match(claim.doubts.join(), /CC BY 4\.0, CC BY-NC 4\.0/u)
})

test('rights may be HTML: its links count, its words are heard, nothing of it stays markup', () => {
  const html =
    '<p onclick="x()">Released under <a href=\'http://creativecommons.org/licenses/by/3.0/\'>CC</a>.<script>var a = "https://creativecommons.org/licenses/by-nc/3.0/"</script> All rights&nbsp;reserved'
  assert.deepEqual(addressesInHtml(html).length, 2)
  const claim = claimOf(
    {
      ...NOTHING,
      texts: ['<b>All rights reserved</b> http://creativecommons.org/licenses/by/3.0/.'],
    },
    null,
  )
  assert.deepEqual(claim.basis, { kind: 'licence', licence: 'CC-BY-3.0' })
  assert.match(claim.doubts.join(), /all rights reserved/u)
  assert.equal(wordsOfHtml(html), 'Released under CC . All rights reserved')
  assert.equal(wordsOfHtml('a < b &lt;script&gt; &#x202e; &#0; &bogus;'), 'a < b <script> &bogus;')
  const negated = claimOf({ ...NOTHING, statuses: ['NOT_IN_COPYRIGHT'] }, null)
  assert.doesNotMatch(negated.doubts.join(), /copyright as of/u)
  const held = claimOf({ ...NOTHING, statuses: ['IN_COPYRIGHT'] }, null)
  assert.match(held.doubts.join(), /copyright as of/u)
})

test('a mark or an archive’s statement is a draft with a doubt, never enough by itself', () => {
  const mark = ofUrl('http://creativecommons.org/publicdomain/mark/1.0/')
  assert.deepEqual(mark.basis, { kind: 'public-domain-mark', by: 'other' })
  assert.match(mark.doubts.join(), /somebody’s opinion/u)
  const statement = ofUrl('http://rightsstatements.org/vocab/NKC/1.0/')
  assert.deepEqual(statement.basis, { kind: 'rights-statement', statement: 'NKC' })
  assert.match(statement.doubts.join(), /grants nothing/u)
})

test('what follows from a licence is said: no money, no cut, its text', () => {
  const duties = ofUrl('https://creativecommons.org/licenses/by-nc-nd/4.0/').duties.join()
  assert.match(duties, /no payment/u)
  assert.match(duties, /no cut/u)
  assert.match(ofUrl('https://www.gnu.org/licenses/fdl-1.3.html').duties.join(), /whole text/u)
  assert.deepEqual(ofUrl('https://creativecommons.org/licenses/by/4.0/').duties, [])
})

test('the page of a licence has to name it, and nothing else', () => {
  const named = { ...NOTHING, named: ['CC-BY-4.0'] }
  const page = (text: string): RightsClaim => claimOf(named, licencesInPage(text))
  const by = 'https://creativecommons.org/licenses/by/4.0/'
  assert.deepEqual(page(`<a href="${by}">`).doubts, [])
  assert.match(page('free!').doubts.join(), /names none/u)
  const other = 'http://creativecommons.org/licenses/by-nc/4.0/'
  assert.match(page(`<a href="${other}">`).doubts.join(), /names CC-BY-NC-4\.0/u)
  assert.match(page(`${by} ${other}`).doubts.join(), /several/u)
  // Nobody named one: the page's own counts.
  const found = claimOf(NOTHING, licencesInPage(by))
  assert.deepEqual(found.basis, { kind: 'licence', licence: 'CC-BY-4.0' })
  assert.equal(claimOf(NOTHING, licencesInPage(`${by} ${other}`)).basis, null)
})
