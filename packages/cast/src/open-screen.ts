import { openChromecast, type ScreenPorts } from './castv2/chromecast.ts'
import { openDlnaRenderer } from './dlna/dlna-renderer.ts'
import type { FoundScreen, Screen } from './screen.ts'

/** Opens a screen that was found and chosen. Throws `CastError`, or the signal's reason. */
export async function openScreen(
  found: FoundScreen,
  ports: ScreenPorts,
  signal: AbortSignal,
): Promise<Screen> {
  return found.kind === 'chromecast'
    ? openChromecast(found, ports, signal)
    : openDlnaRenderer(found, ports.network)
}
