import { test } from 'node:test'
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { systemHash } from '@matinee/engine/system'
import { parseMagnet, parseMetainfo } from '@matinee/protocol'
import { runMatinee } from './program-run.ts'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const REEL = fileURLToPath(new URL('../../../feeds/reel/', import.meta.url))

async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-test-'))
  try {
    await run(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

test('help says what there is, to whoever asks for it in whichever way', async () => {
  const overview = await runMatinee(['--help'])
  assert.equal(overview.code, 0)
  for (const word of ['stream', 'create', 'info', '--no-open', '--port', '--data', '--json'])
    assert.ok(overview.out.includes(word), word)
  for (const args of [
    ['stream', '--help'],
    ['help', 'stream'],
    ['stream', '-h'],
  ])
    assert.match((await runMatinee(args)).out, /^Usage: matinee stream /u)
  assert.equal((await runMatinee(['help', 'help'])).out, overview.out)
  assert.match((await runMatinee(['--version'])).out, /^matinee \d+\.\d+\.\d+\n$/u)
})

test('a wrong call and a bad file get one clear line and exit code 2', async () => {
  await inFolder(async (folder) => {
    const torn = join(folder, 'torn.torrent')
    await writeFile(torn, 'd4:info')
    const words = join(folder, 'words.txt')
    await writeFile(words, 'Once upon a time')
    const link = join(folder, 'link')
    await symlink(torn, link)
    const reel = `${REEL}reel.torrent`
    const table: [readonly string[], RegExp][] = [
      [['--nonsense'], /there is no option --nonsense/u],
      [['dance'], /there is no command "dance"/u],
      [['help', 'dance'], /there is no command "dance"/u],
      [['--port', 'http'], /--port http is not a number/u],
      [['stream'], /a torrent file or a magnet link is missing/u],
      [['stream', 'a', 'b'], /"b" is one argument too many/u],
      [['stream', torn], /is not a torrent file/u],
      [['stream', reel, '--file', '8'], /has files 1 to 7/u],
      [['stream', reel, '--player', 'sh'], /none of vlc, mpv/u],
      [['stream', 'magnet:?dn=x'], /names no torrent: "xt=urn:btih:"/u],
      [['stream', 'http://127.0.0.1/x.torrent'], /not another address/u],
      [['info', join(folder, 'none')], /there is no file/u],
      [['info', folder], /is a folder; name the torrent file itself/u],
      [['--port', '-1'], /--port needs a value; write --port=-… for one/u],
      [['create', torn, folder, '--name', 'x'], /is a folder, and a folder is shared alone/u],
      [['create', torn, '--out', folder], /is a folder; name a file in it/u],
      [['info', '--', '--help'], /there is no file --help/u],
      [['create'], /a file or a folder is missing/u],
      [['create', join(folder, 'none')], /there is no .*none \(/u],
      [['create', link], /link is a symbolic link; name what it points to instead/u],
      [['create', torn, '--out', join(folder, 'none', 'x')], /can't be written: there is no such/u],
      [
        ['create', torn, '--out', folder, '--force'],
        /can't be written: it is a folder, not a file/u,
      ],
      [['create', ''], /an argument is empty/u],
      [['info', words], /words\.txt is not a torrent file \("matinee create" makes one\)/u],
      [['info', `magnet:?xt=urn:btih:123`], /its hash is damaged. Was it copied whole\?/u],
      [['--data', ''], /--data needs a value/u],
      [['feed', 'dossier', '--out', join(folder, 'none', 'x')], /can't be written: there is no/u],
      [['feed', 'list', join(folder, 'none')], /can't be looked at: there is no such file/u],
      [['feed', 'list', torn], /torn\.torrent is no folder/u],
      [['create', torn, '--kind', 'v3'], /none of hybrid, v2, v1/u],
      [['create', torn, '--piece-length', '100K'], /not a power of two/u],
      [['create', torn, '--tracker', 'ftp://x.example'], /not a usable address/u],
      [['create', torn, '--tracker'], /--tracker needs a value/u],
    ]
    for (const [args, reason] of table) {
      const { code, out, err } = await runMatinee(args)
      assert.equal(code, 2, args.join(' '))
      assert.equal(out, '')
      assert.match(err, reason)
      assert.match(err, /^matinee: [^\n]+\n$/u)
    }
  })
})

test('a torrent that was made says the same of itself when it is looked into', async () => {
  await inFolder(async (folder) => {
    const args = ['--out', 'reel.torrent', '--kind', 'v2', '--piece-length', '32K']
    const tracker = ['--tracker', 'https://tracker.example/announce', '--comment', 'a remark']
    const made = await runMatinee(['create', REEL, ...args, ...tracker, '--json'], folder)
    assert.equal(made.code, 0, made.err)
    const created = JSON.parse(made.out.trimEnd().split('\n').at(-1) ?? '') as Record<
      string,
      string
    >
    assert.equal(created['event'], 'created')
    const path = join(folder, 'reel.torrent')
    assert.equal(created['path'], path)
    const metainfo = parseMetainfo(new Uint8Array(await readFile(path)), systemHash())
    assert.equal(metainfo.kind, 'v2')
    assert.equal(metainfo.pieceLength, 32 * 1024)
    assert.equal(created['infoHashV2'], metainfo.infoHashes.v2)
    assert.equal(parseMagnet(created['magnet'] ?? '').infoHashes.v2, metainfo.infoHashes.v2)

    const info = await runMatinee(['info', path, '--json'])
    const facts = JSON.parse(info.out) as Record<string, unknown>
    assert.equal(facts['infoHashV2'], metainfo.infoHashes.v2)
    assert.equal(facts['comment'], 'a remark')
    assert.deepEqual(facts['trackers'], [['https://tracker.example/announce']])
    const words = await runMatinee(['info', path])
    assert.match(words.out, /5\.4 MB {2}reel\.mp4/u)
    assert.match((await runMatinee(['info', created['magnet'] ?? ''])).out, /tracker\.example/u)

    const again = await runMatinee(['create', REEL, ...args], folder)
    assert.equal(again.code, 2)
    assert.match(again.err, /is there already/u)
    assert.equal((await runMatinee(['create', REEL, ...args, '--force'], folder)).code, 0)
  })
})

test('a data folder that can not be one is named, with what to do', async () => {
  await inFolder(async (folder) => {
    const file = join(folder, 'file')
    await writeFile(file, 'no folder')
    const places = [file, join(file, 'below')]
    // Can be looked into, and takes no folder.
    if (process.platform === 'linux') places.push('/proc/matinee')
    for (const place of places) {
      const { code, err } = await runMatinee(['--no-open', '--port', '0', '--data', place])
      assert.equal(code, 1)
      assert.ok(err.startsWith(`matinee: nothing can be kept in ${place}: `), err)
      assert.match(err, /; name another folder with --data\n$/u)
      assert.doesNotMatch(err, /E[A-Z]{4}/u)
      const stream = await runMatinee(['stream', `${REEL}reel.torrent`, '--dir', place])
      assert.equal(stream.code, 1)
      assert.equal(stream.err, err.replace('--data', '--dir'))
      assert.equal(stream.out, '')
    }
  })
})

test('A22: a data folder of a newer Matinee is left alone in words that say what to do', async () => {
  await inFolder(async (folder) => {
    const path = join(folder, 'profiles.json')
    await writeFile(path, '{"version":2}')
    for (const args of [
      ['--no-open', '--port', '0'],
      ['profile', 'list'],
    ]) {
      const { code, err } = await runMatinee([...args, '--data', folder])
      assert.equal(code, 1)
      assert.equal(
        err,
        `matinee: ${path} was written by a newer Matinee, and was left as it is; start that one, or start this one with another folder: --data DIR\n`,
      )
    }
    assert.equal(await readFile(path, 'utf8'), '{"version":2}')
    await rm(path)
    const shelf = join(folder, 'shelf.sqlite')
    const newer = new DatabaseSync(shelf)
    newer.exec('PRAGMA user_version = 2')
    newer.close()
    const { code, err } = await runMatinee(['--no-open', '--port', '0', '--data', folder])
    assert.equal(code, 1)
    assert.ok(err.startsWith(`matinee: ${shelf} was written by a newer Matinee`), err)
  })
})

test('what can not be written on standard output is an error, and a reader that has enough is none', async () => {
  const shell = async (line: string): Promise<string> => {
    const child = spawn('sh', ['-c', line, process.execPath, MAIN], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (said += String(chunk)))
    await once(child, 'close')
    return said
  }
  const piped = await shell('"$0" "$1" feed dossier | head -c 15')
  assert.equal(piped, '<!doctype html>')
  if (process.platform === 'linux')
    assert.equal(
      await shell('"$0" "$1" --help > /dev/full; echo "$?"'),
      "matinee: what is to be said can't be written: the disk is full\n1\n",
    )
})
