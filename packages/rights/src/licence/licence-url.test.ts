import assert from 'node:assert/strict'
import { test } from 'node:test'
import { licenceOfUrl } from './licence-url.ts'
import { LICENCES } from './licence.ts'

test('every licence is found again by its own address', () => {
  for (const [id, { url, legalTextUrl }] of LICENCES) {
    // One text serves all variants of a version; the site of the Free Art License names none.
    if (id.startsWith('GFDL') || id.startsWith('LAL')) continue
    assert.equal(licenceOfUrl(url)?.id, id)
    assert.equal(licenceOfUrl(legalTextUrl)?.id, id)
  }
})

test('the ways in which sites write an address make no difference', () => {
  for (const text of [
    'http://creativecommons.org/licenses/by-sa/3.0',
    'https://www.creativecommons.org/licenses/by-sa/3.0/',
    'https://creativecommons.org/licenses/by-sa/3.0/deed.fr',
    'https://creativecommons.org/licenses/by-sa/3.0/deed.zh-hant',
    'https://creativecommons.org/licenses/by-sa/3.0/legalcode.txt',
    'https://creativecommons.org//licenses/by-sa/3.0/?ref=chooser#deed',
    'HTTPS://CreativeCommons.org/Licenses/BY-SA/3.0/',
  ]) {
    assert.equal(licenceOfUrl(text)?.id, 'CC-BY-SA-3.0', text)
  }
  const french = 'http://creativecommons.org/licenses/by-sa/3.0/fr/deed.fr'
  assert.equal(licenceOfUrl(french)?.id, 'LicenseRef-CC-BY-SA-3.0-FR')
  const zero = 'http://creativecommons.org/publicdomain/zero/1.0/deed.en'
  assert.equal(licenceOfUrl(zero)?.id, 'CC0-1.0')
  assert.equal(licenceOfUrl('https://www.gnu.org/copyleft/fdl-1.2.html')?.id, 'GFDL-1.2-only')
  assert.equal(licenceOfUrl('http://artlibre.org/licence/lal/en/')?.id, 'LAL-1.3')
})

test('an address that names no version, or only looks like one, names no licence', () => {
  for (const text of [
    'https://creativecommons.org/licenses/by/',
    'https://creativecommons.org/',
    'https://creativecommons.org.example.org/licenses/by/4.0/',
    'https://example.org/creativecommons.org/licenses/by/4.0/',
    'ftp://creativecommons.org/licenses/by/4.0/',
    'https://creativecommons.org/licenses/by/9.0/',
    'https://creativecommons.org/constructor',
    'https://www.gnu.org/copyleft/fdl.html',
    'CC BY 4.0',
    '',
  ]) {
    assert.equal(licenceOfUrl(text), null, text)
  }
})
