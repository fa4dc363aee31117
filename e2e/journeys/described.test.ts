import { test } from 'node:test'
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { complaintsOf, openChromium } from '../chromium.ts'
import type { MadeFilms } from '../made-films.ts'
import { plays } from '../player-stage.ts'
import { FILMED, enterPlayhouse, goTo, openPlayhouse, playOn, stringsOf } from './playhouse.ts'

const DESCRIBED = 'the-salt-clock'

/** Gives one of the made-up films an audio description: a tone that isn't the film's. */
function withDescription(folder: string) {
  return async (works: readonly MadeFilms[]): Promise<readonly MadeFilms[]> =>
    Promise.all(
      works.map(async (work) => {
        if (work.workId !== DESCRIBED) return work
        const own = join(folder, work.workId)
        await cp(work.folder, own, { recursive: true })
        const films = work.films.map((film) => ({
          ...film,
          described: { name: `${DESCRIBED}.en.description.webm`, language: 'en' },
        }))
        for (const { described, seconds } of films) {
          const tone = `sine=frequency=330:duration=${seconds}`
          const input = ['-y', '-nostdin', '-loglevel', 'error', '-f', 'lavfi', '-i', tone]
          await promisify(execFile)('ffmpeg', [
            ...input,
            '-c:a',
            'libopus',
            join(own, described.name),
          ])
        }
        return { ...work, folder: own, films }
      }),
    )
}

/** Where the sound beside the film is, and whether it sounds, once it is with the film. */
async function isTogether(page: Page, isPlaying: boolean): Promise<void> {
  await page.waitForFunction((wanted) => {
    const sound = (window as { sounds?: HTMLAudioElement[] }).sounds?.at(-1)
    const film = document.querySelector('video')
    if (sound === undefined || film === null || !sound.src.includes('/media/')) return false
    return !sound.paused === wanted && Math.abs(sound.currentTime - film.currentTime) < 0.3
  }, isPlaying)
}

test('a work with audio description is found by it, says so, and is heard with it, this time and the next', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-described-'))
  try {
    await using playhouse = await openPlayhouse({ films: withDescription(folder) })
    await using chromium = await openChromium()
    const { say } = await stringsOf('en')
    const page = await enterPlayhouse(chromium.browser, playhouse)
    const complaints = complaintsOf(page)
    // What plays beside the film stands in no document.
    await page.addInitScript(() => {
      const sounds: HTMLAudioElement[] = []
      Object.assign(window, { sounds })
      const Usual = window.Audio
      window.Audio = class extends Usual {
        constructor(src?: string) {
          super(src)
          sounds.push(this)
        }
      }
    })
    await goTo(page, playhouse, '/browse')
    const group = page.getByRole('group', { name: say('browse.descriptions') })
    await group.getByRole('checkbox', { name: 'English' }).check()
    await page.getByText(say('browse.chip-described', { language: 'English' })).waitFor()
    await page.waitForFunction(() => document.querySelectorAll('a[href^="/work/"]').length === 1)
    assert.equal(await page.locator(`a[href="${FILMED.saltClock}"]`).count(), 1)

    await goTo(page, playhouse, FILMED.saltClock)
    await page.getByText(say('work.described-in', { languages: 'English' })).waitFor()
    await playOn(page)
    await plays(page, 0.5)
    await page.getByRole('button', { name: say('player.more') }).click()
    await page.getByRole('button', { name: say('player.sound'), exact: true }).click()
    const choice = page.getByRole('radio', {
      name: say('sound.described', { language: 'English' }),
    })
    await choice.check()
    await isTogether(page, true)
    await page.keyboard.press('Escape')
    await page.keyboard.press('5')
    await plays(page, 18)
    await isTogether(page, true)
    await page.keyboard.press('k')
    await isTogether(page, false)
    await page.keyboard.press('k')
    await isTogether(page, true)

    // The film's own sound, and back.
    await page.getByRole('button', { name: say('player.more') }).click()
    await page.getByRole('button', { name: say('player.sound'), exact: true }).click()
    await page.getByRole('radio', { name: say('sound.own') }).check()
    await page.waitForFunction(
      () => !(window as { sounds?: HTMLAudioElement[] }).sounds?.at(-1)?.src.includes('/media/'),
    )
    await choice.check()
    await isTogether(page, true)

    // Chosen once, it's heard without being chosen again.
    await page.reload()
    await playOn(page)
    await plays(page)
    await isTogether(page, true)
    // A film that has none is heard as it is.
    await goTo(page, playhouse, FILMED.tickets)
    await playOn(page)
    await plays(page, 0.5)
    assert.equal(await page.evaluate(() => (window as { sounds?: unknown[] }).sounds?.length), 0)
    assert.deepEqual(complaints, [])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
