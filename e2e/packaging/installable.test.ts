import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openChromium } from '../chromium.ts'
import { enter, openContext, openStagedViewer } from '../player-stage.ts'

test('a browser may install the page as an application', async () => {
  await using opened = await openStagedViewer()
  await using chromium = await openChromium()
  const context = await openContext(chromium.browser)
  const page = await context.newPage()
  await enter(page, opened.viewer, '/')
  const devtools = await context.newCDPSession(page)
  const { errors, url } = await devtools.send('Page.getAppManifest')
  assert.deepEqual(errors, [])
  assert.match(url, /\/assets\/manifest-[^/]+\.webmanifest$/u)
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
  // A private window, as tests have it, is never asked.
  const others = installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')
  assert.deepEqual(others, [])
})
