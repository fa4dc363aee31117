import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'
import { systemSignatures } from '@matinee/catalogue/node'
import { makeKey, readKeyFile } from '../../src/publisher/key-file.ts'
import { PublisherError } from '../../src/publisher/publisher-error.ts'
import { runMatinee } from '../program-run.ts'
import { PASSPHRASE, begin, feed, inTemporaryFolder, plainly } from './publisher-stage.ts'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

function failsWith(code: string): (error: unknown) => boolean {
  return (error) => error instanceof PublisherError && error.code === code
}

test('a key opens with its passphrase alone, however its accents were composed, and signs', async () => {
  const { bytes, signer } = await makeKey('main', 'un château très sûr')
  const key = readKeyFile(bytes, 'key')
  assert.deepEqual([key.name, key.publicKey], ['main', signer.publicKey])
  const opened = await key.open('un château très sûr'.normalize('NFD'))
  const message = new TextEncoder().encode('a version')
  assert.ok(systemSignatures().verifyEd25519(key.publicKey, message, opened.sign(message)))
  await assert.rejects(key.open('un chateau tres sur'), failsWith('passphrase'))
  await assert.rejects(makeKey('main', 'too short'), failsWith('passphrase'))
})

test("a key's file in which anything was changed doesn't open", async () => {
  const { bytes } = await makeKey('main', PASSPHRASE)
  const file = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>
  const kdf = file['kdf'] as Record<string, unknown>
  const opensWith = (change: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const changed = new TextEncoder().encode(JSON.stringify({ ...file, ...change }))
    return readKeyFile(changed, 'key').open(PASSPHRASE)
  }
  await opensWith({})
  const other = 'ab'.repeat(32)
  for (const change of [
    { name: 'other' },
    { public: other },
    { nonce: 'ab'.repeat(12) },
    { sealed: 'ab'.repeat(48) },
    { kdf: { ...kdf, passes: 4 } },
    { kdf: { ...kdf, salt: 'ab'.repeat(16) } },
  ])
    await assert.rejects(opensWith(change), failsWith('passphrase'), JSON.stringify(change))
  // Neither a weaker derivation nor one that would take all memory is even tried.
  for (const change of [
    { kdf: { ...kdf, name: 'scrypt' } },
    { kdf: { ...kdf, memoryKib: 2 ** 30 } },
  ])
    assert.throws(() => opensWith(change), failsWith('damaged'))
})

test('keys lie where only their owner looks, and hold no secret in the clear', async () => {
  await inTemporaryFolder(async (folder) => {
    const dir = join(folder, 'publisher')
    await begin(dir)
    assert.equal((await stat(dir)).mode & 0o777, 0o700)
    assert.equal((await stat(join(dir, 'keys/main.key.json'))).mode & 0o777, 0o600)
    const stick = join(folder, 'stick.json')
    assert.equal((await feed(['key', dir, '--new', 'spare', '--out', stick])).code, 0)
    assert.equal((await stat(stick)).mode & 0o777, 0o600)
    assert.doesNotMatch(await readFile(stick, 'utf8'), new RegExp(PASSPHRASE, 'u'))
    const again = await feed(['key', dir, '--new', 'other', '--out', stick])
    assert.match(again.err, /is there already: name another file/u)

    await chmod(dir, 0o755)
    const open = await feed(['sign', dir])
    assert.deepEqual([open.code, /"chmod 700 .*" closes it/u.test(open.err)], [1, true])
  })
})

test('no key and no feed is begun in a work tree of version control', async () => {
  await inTemporaryFolder(async (folder) => {
    const tree = join(folder, 'tree')
    await mkdir(join(tree, '.git'), { recursive: true })
    await writeFile(join(tree, '.git/HEAD'), 'ref: refs/heads/main\n')
    for (const args of [
      ['init', join(tree, 'deep/publisher'), '--name', 'N', '--operator', 'O'],
      ['key', '--new', 'spare', '--out', join(tree, 'spare.json')],
    ]) {
      const { code, err } = await feed(args)
      assert.equal(code, 1)
      assert.match(err, /under version control: keys and evidence must not be committed/u)
    }
    assert.ok(!existsSync(join(tree, 'deep')) && !existsSync(join(tree, 'spare.json')))
  })
})

test('a passphrase is taken from a descriptor or a terminal, never from an argument or the environment', async () => {
  await inTemporaryFolder(async (folder) => {
    const dir = join(folder, 'publisher')
    const named = ['init', dir, '--name', 'N', '--operator', 'O']
    assert.match(
      (await feed([...named, '--passphrase', PASSPHRASE])).err,
      /no option --passphrase/u,
    )
    process.env['MATINEE_PASSPHRASE'] = PASSPHRASE
    try {
      const without = await runMatinee(['feed', ...named])
      assert.equal(without.code, 2)
      assert.match(without.err, /no terminal to ask on: give --passphrase-fd N/u)
    } finally {
      delete process.env['MATINEE_PASSPHRASE']
    }
    assert.match((await feed(named, '')).err, /has an empty line/u)
    assert.ok(!existsSync(dir))
    const piped = await runMatinee(
      ['feed', ...named, '--passphrase-fd', '0'],
      undefined,
      PASSPHRASE,
    )
    assert.equal(piped.code, 0, piped.err)
    await plainly(['key', dir])
  })
})

const HAS_SCRIPT = process.platform === 'linux' && existsSync('/usr/bin/script')

test(
  'what is typed for a passphrase is never shown on the terminal, also when it comes early',
  { skip: HAS_SCRIPT ? false : 'there is no script(1) to make a terminal with', timeout: 60_000 },
  async () => {
    await inTemporaryFolder(async (folder) => {
      const dir = join(folder, 'publisher')
      const line = [process.execPath, MAIN, 'feed', 'init', dir, '--name', 'N', '--operator', 'O']
      const child = spawn('/usr/bin/script', ['-qefc', line.join(' '), '/dev/null'], {
        stdio: 'pipe',
      })
      let shown = ''
      child.stdout.on('data', (chunk: Buffer) => {
        const before = shown
        shown += String(chunk)
        // Both answers at once: the second is there before it's asked for.
        if (!before.includes('key main: ') && shown.includes('key main: '))
          child.stdin.write(`${PASSPHRASE}\r${PASSPHRASE}\r`)
      })
      const [code] = (await once(child, 'close')) as [number]
      assert.equal(code, 0, shown)
      assert.match(shown, /^begun: /mu)
      assert.ok(!shown.includes(PASSPHRASE), shown)
    })
  },
)
