/** What somebody does with a large catalogue, step by step, with what each step costs the page. */
import type { Page } from 'playwright-core'
import { type StepCost, stepCost } from './page-clock.ts'

/** Steps of one kind. */
export interface VisitPart {
  readonly what: string
  readonly steps: readonly StepCost[]
}

/** Between two letters of somebody who types well. */
const LETTER_MS = 90
/** Long enough for an answer to come and be drawn. */
const REST_MS = 400
const FRAME_MS = 16

/** Everything that is done at a desk; `texts` are what's searched for. */
export async function deskVisit(page: Page, texts: readonly string[]): Promise<VisitPart[]> {
  const parts: VisitPart[] = []
  const part = async (what: string, acts: readonly Act[]): Promise<void> => {
    parts.push({ what, steps: await costs(page, acts) })
  }
  const box = texts.flatMap((text) => [
    quick(() => page.keyboard.press('/')),
    ...letters(page, text),
    { act: () => page.keyboard.press('Escape'), restMs: REST_MS },
    { act: () => page.keyboard.press('Escape'), restMs: REST_MS },
  ])
  await part('typing in the box', box)
  await go(page, '/search')
  const all = async (): Promise<void> => page.keyboard.press('ControlOrMeta+a')
  await part(
    'typing on the search page',
    texts.flatMap((text) => [quick(all), ...letters(page, text), rest(page)]),
  )
  await part('changing tabs', await tabs(page))
  await page.getByRole('link', { name: 'Films', exact: true }).first().click()
  await page.locator('.poster-grid svg').first().waitFor()
  await part('choosing filters', filters(page))
  const from = page.getByRole('slider').first()
  await from.focus()
  const key = (name: string): Act => ({ act: () => page.keyboard.press(name), restMs: LETTER_MS })
  await part('moving the decades', [
    ...Array.from({ length: 8 }, () => key('ArrowRight')),
    rest(page),
    ...Array.from({ length: 8 }, () => key('ArrowLeft')),
    rest(page),
  ])
  await part('scrolling the wall by wheel', wheel(page))
  await page.locator('.poster-grid a').first().focus()
  await part(
    'jumping to the ends of the wall',
    ['End', 'Home', 'End', 'Home', 'End', 'Home'].map((name) => ({
      act: () => page.keyboard.press(name),
      restMs: REST_MS * 2,
    })),
  )
  await part('opening a work and going back', works(page))
  await go(page, '/')
  await page.locator('.hero').waitFor()
  await part('opening the player and closing it', player(page))
  return parts
}

/** What is otherwise on a phone: filters stand on a sheet. */
export async function phoneVisit(page: Page): Promise<VisitPart[]> {
  await page.locator('.poster-grid svg').first().waitFor()
  const acts = Array.from({ length: 4 }, (_, turn): Act[] => [
    { act: () => page.getByRole('button', { name: 'Filters' }).click(), restMs: REST_MS },
    {
      act: () => page.locator('.sheet-panel .check-row').nth(turn).click(),
      restMs: REST_MS,
    },
    { act: () => page.getByRole('button', { name: /^Show / }).click(), restMs: REST_MS },
  ])
  return [{ what: 'the sheet of filters on a phone', steps: await costs(page, acts.flat()) }]
}

interface Act {
  readonly act: () => Promise<unknown>
  readonly restMs: number
}

async function costs(page: Page, acts: readonly Act[]): Promise<StepCost[]> {
  const steps: StepCost[] = []
  for (const { act, restMs } of acts) steps.push(await stepCost(page, act, restMs))
  return steps
}

function quick(act: () => Promise<unknown>): Act {
  return { act, restMs: LETTER_MS }
}

function rest(page: Page): Act {
  return { act: () => page.waitForTimeout(FRAME_MS), restMs: REST_MS }
}

function letters(page: Page, text: string): Act[] {
  return Array.from(text, (letter) => quick(() => page.keyboard.type(letter)))
}

async function go(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, page.url()).href)
  await page.locator('h1').first().waitFor()
  await page.waitForTimeout(REST_MS)
}

async function tabs(page: Page): Promise<Act[]> {
  const names = ['Films', 'Shorts', 'Series', 'Tonight']
  return [...names, ...names, ...names].map((name) => ({
    act: () => page.getByRole('link', { name, exact: true }).first().click(),
    restMs: REST_MS * 2,
  }))
}

function filters(page: Page): Act[] {
  const box = (at: number): Act => ({
    act: () => page.locator('.filters .check-row').nth(at).click(),
    restMs: REST_MS,
  })
  return [3, 5, 4, 12, 12, 4, 5, 3].map(box)
}

function wheel(page: Page): Act[] {
  const turn = (pixels: number): Act => ({
    act: async () => {
      await page.mouse.move(900, 500)
      for (let tick = 0; tick < 12; tick++) {
        await page.mouse.wheel(0, pixels)
        await page.waitForTimeout(FRAME_MS)
      }
    },
    restMs: FRAME_MS,
  })
  return [
    ...Array.from({ length: 12 }, () => turn(900)),
    ...Array.from({ length: 6 }, () => turn(-1500)),
  ]
}

function player(page: Page): Act[] {
  return Array.from({ length: 4 }, (): Act[] => [
    {
      act: () => page.locator('.hero').getByRole('button', { name: 'Play' }).click(),
      restMs: REST_MS * 2,
    },
    {
      act: () => page.getByRole('button', { name: 'Close the film' }).first().click(),
      restMs: REST_MS,
    },
  ]).flat()
}

function works(page: Page): Act[] {
  return Array.from({ length: 5 }, (_, at): Act[] => [
    {
      act: () => page.locator('.poster-grid a').nth(at).click(),
      restMs: REST_MS * 2,
    },
    { act: () => page.goBack(), restMs: REST_MS * 2 },
  ]).flat()
}
