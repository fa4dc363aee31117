import { test } from 'node:test'
import assert from 'node:assert/strict'
import { toHex, utf8Bytes } from '@matinee/base'
import { nodeHash } from './node-hash.ts'

test('the hashes of "abc" are the ones of FIPS 180', () => {
  const abc = utf8Bytes('abc')
  assert.equal(toHex(nodeHash.sha1(abc)), 'a9993e364706816aba3e25717850c26c9cd0d89d')
  assert.equal(
    toHex(nodeHash.sha256(abc)),
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
  const running = nodeHash.startSha1()
  running.update(utf8Bytes('a'))
  running.update(utf8Bytes('bc'))
  assert.deepEqual(running.finish(), nodeHash.sha1(abc))
})
