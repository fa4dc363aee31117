import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ACTS, NO, YES, isAllowed, yesIf } from '../permission.ts'
import { type Licence, LICENCES, licenceOf } from './licence.ts'

function licence(id: string): Licence {
  const found = licenceOf(id)
  assert(found !== null, id)
  return found
}

test('every licence has its own identifier, name and https address, and lets everybody share', () => {
  assert.equal(LICENCES.size, 52 + 18 + 5)
  assert.equal(new Set([...LICENCES.values()].map((each) => each.name)).size, LICENCES.size)
  for (const [id, each] of LICENCES) {
    assert.equal(each.id, id)
    assert.match(each.url, /^https:\/\//u)
    assert.match(each.legalTextUrl, /^https:\/\//u)
    if (id !== 'CC-PDDC') assert(id.includes(each.version) && each.version !== '')
    assert(isAllowed(each.permissions.watch) && isAllowed(each.permissions.share))
  }
})

test('names and addresses are those of Creative Commons', () => {
  const { name, shortName, url, legalTextUrl } = licence('CC-BY-NC-SA-3.0-IGO')
  assert.equal(name, 'Creative Commons Attribution-NonCommercial-ShareAlike 3.0 IGO')
  assert.equal(shortName, 'CC BY-NC-SA 3.0 IGO')
  assert.equal(url, 'https://creativecommons.org/licenses/by-nc-sa/3.0/igo/')
  assert.equal(legalTextUrl, `${url}legalcode`)
  assert.equal(licence('CC-BY-4.0').name, 'Creative Commons Attribution 4.0 International')
  assert.equal(licence('CC-BY-3.0').name, 'Creative Commons Attribution 3.0 Unported')
  assert.equal(licence('CC-BY-2.5').name, 'Creative Commons Attribution 2.5 Generic')
  assert.equal(licence('CC-BY-SA-2.0-UK').url, 'https://creativecommons.org/licenses/by-sa/2.0/uk/')
  const first = 'https://creativecommons.org/licenses/by-nd-nc/1.0/'
  assert.equal(licence('CC-BY-NC-ND-1.0').url, first)
})

test('attribution asks for credit and allows everything', () => {
  const { permissions } = licence('CC-BY-4.0')
  const { watch, ...rest } = permissions
  assert.equal(watch, YES)
  for (const each of Object.values(rest)) assert.deepEqual(each, yesIf('attribution'))
})

test('share-alike binds what one makes of a work, not the passing on of the work', () => {
  const { share, screen, translate, remix } = licence('CC-BY-SA-3.0').permissions
  assert.deepEqual(share, yesIf('attribution'))
  assert.deepEqual(screen, yesIf('attribution'))
  assert.deepEqual(translate, yesIf('attribution', 'share-alike'))
  assert.deepEqual(remix, yesIf('attribution', 'share-alike'))
})

test('no-derivatives lets one share the work as it is and forbids translating and remixing', () => {
  const { share, translate, remix, sell } = licence('CC-BY-ND-2.0').permissions
  assert.deepEqual(share, yesIf('attribution', 'unmodified'))
  assert.deepEqual([translate, remix], [NO, NO])
  assert.deepEqual(sell, yesIf('attribution', 'unmodified'))
})

test('non-commercial lets one share without payment and forbids making money', () => {
  const { share, remix, sell } = licence('CC-BY-NC-2.5').permissions
  assert.deepEqual(share, yesIf('attribution', 'non-commercial'))
  assert.deepEqual(remix, yesIf('attribution', 'non-commercial'))
  assert.equal(sell, NO)
})

test('CC0 asks for nothing, and the public domain mark is no licence', () => {
  const { kind, permissions } = licence('CC0-1.0')
  assert.equal(kind, 'dedication')
  for (const act of ACTS) assert.equal(permissions[act], YES)
  assert.equal(licence('CC-PDM-1.0').kind, 'mark')
})

test('ports that SPDX lacks are read under a reference of their own', () => {
  const french = licence('LicenseRef-CC-BY-SA-3.0-FR')
  assert.equal(french.shortName, 'CC BY-SA 3.0 FR')
  assert.equal(french.name, 'Creative Commons Attribution-ShareAlike 3.0 France')
  assert.equal(french.url, 'https://creativecommons.org/licenses/by-sa/3.0/fr/')
  assert.deepEqual(french.permissions, licence('CC-BY-SA-3.0').permissions)
})

test('what isn’t exactly a licence that exists is none', () => {
  const unversioned = ['CC-BY', 'CC-BY-SA', 'by', '', 'CC-BY-5.0', 'CC-BY-2.1', 'CC-BY-3']
  const misspelt = ['cc-by-4.0', 'CC-BY-4.0 ', 'CC-BY-SA-NC-4.0', 'CC-ND-4.0', 'CC-NC-1.0']
  // A port of 4.0, one of no country, one that SPDX names itself, and one without the prefix.
  const ports = [
    'LicenseRef-CC-BY-4.0-FR',
    'LicenseRef-CC-BY-3.0-XX',
    'LicenseRef-CC-BY-3.0-DE',
    'CC-BY-SA-3.0-FR',
    'LicenseRef-CC-BY-3.0',
  ]
  const others = ['GFDL-1.3', 'GPL-3.0-only', 'LicenseRef-mine', 'constructor', '__proto__']
  for (const id of [...unversioned, ...misspelt, ...ports, ...others]) {
    assert.equal(licenceOf(id), null, id)
  }
})
