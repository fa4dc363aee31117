import '@fontsource-variable/anybody/wdth.css'
import '@fontsource-variable/bodoni-moda/opsz.css'
import '@fontsource-variable/league-gothic/wdth.css'

const FACES = [
  '800 20px "Anybody Variable"',
  '800 20px "Bodoni Moda Variable"',
  '400 20px "League Gothic Variable"',
  '800 20px "Bricolage Grotesque Variable"',
]

/** Resolves when the posters' faces can be drawn with, or never will: a poster never jumps. */
export async function posterFacesReady(): Promise<void> {
  await Promise.allSettled(FACES.map((face) => document.fonts.load(face)))
}
