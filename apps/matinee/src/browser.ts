import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startProgram } from './program.ts'

/** How long the page that leads to the viewer stays: a slow browser on a cold disk has read it by then. */
const STAY_MS = 30_000

/**
 * Opens the viewer in the user's browser. The address has a code that lets a browser in, and command
 * lines can be read by everybody on the computer: so the browser is given a file that leads on, in a
 * folder that is closed to others. Resolves with whether a browser was asked.
 *
 * @param folder absolute; closed to other users
 */
export async function openInBrowser(launchUrl: string, folder: string): Promise<boolean> {
  const opener = openerOf(process.platform)
  if (opener === null) return false
  const page = join(folder, 'open-matinee.html')
  try {
    await rm(page, { force: true })
    await writeFile(page, pageTo(launchUrl), { mode: 0o600, flag: 'wx' })
    await startProgram(opener.program, [...opener.args, page], 'its-own')
  } catch {
    // No such program, or no room: the address stands on the screen.
    return false
  }
  setTimeout(() => void rm(page, { force: true }), STAY_MS).unref()
  return true
}

/** Removes the page that leads to the viewer, when the viewer ends. */
export async function forgetBrowserPage(folder: string): Promise<void> {
  await rm(join(folder, 'open-matinee.html'), { force: true })
}

function openerOf(
  platform: NodeJS.Platform,
): { readonly program: string; readonly args: readonly string[] } | null {
  if (platform === 'darwin') return { program: 'open', args: [] }
  if (platform === 'win32') return { program: 'explorer.exe', args: [] }
  const { DISPLAY: x11, WAYLAND_DISPLAY: wayland } = process.env
  return x11 === undefined && wayland === undefined ? null : { program: 'xdg-open', args: [] }
}

function pageTo(url: string): string {
  // The address is made of our own characters: nothing in it needs escaping.
  return [
    '<!doctype html>',
    '<meta charset="utf-8">',
    '<meta name="referrer" content="no-referrer">',
    `<meta http-equiv="refresh" content="0;url=${url}">`,
    '<title>Matinee</title>',
    `<p>Matinee opens. If nothing happens: <a href="${url}">go to Matinee</a></p>`,
    '',
  ].join('\n')
}
