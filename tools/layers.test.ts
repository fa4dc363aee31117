import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTestFile, LAYERS, layerOf } from './layers.ts'

test('a layer imports only layers that stand before it in the list', () => {
  const before = new Set<string>()
  for (const { folder, imports } of LAYERS) {
    for (const name of imports) assert.ok(before.has(name), `${folder} imports ${name}`)
    before.add(folder)
  }
})

test('a file belongs to the innermost layer that holds it, or to none', () => {
  assert.equal(layerOf('apps/viewer/web/src/main.tsx')?.folder, 'apps/viewer/web')
  assert.equal(layerOf('apps/viewer/mutants.ts')?.folder, 'apps/viewer')
  assert.equal(layerOf('packages/baseline/src/index.ts'), undefined)
})

test('tests, fuzzers and mutants count as tests; what ships does not', () => {
  assert.ok(isTestFile('packages/net/src/resolver.test.ts'))
  assert.ok(isTestFile('packages/protocol/fuzz/index.ts'))
  assert.ok(isTestFile('apps/viewer/mutants.ts'))
  assert.ok(!isTestFile('packages/net/src/resolver.ts'))
})
