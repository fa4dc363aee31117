import react from '@vitejs/plugin-react'
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import { isLater } from './src/i18n/later-areas.ts'

const I18N = fileURLToPath(new URL('src/i18n/', import.meta.url))
const WORDS = fileURLToPath(new URL('src/phone/phone-words.ts', import.meta.url))

/** Puts the strings `phone.*` of every language, and no others, into the phone's page. */
function phoneWords(): Plugin {
  return {
    name: 'phone-words',
    load(id) {
      if (id !== WORDS) return null
      const words: Record<string, unknown> = {}
      for (const name of readdirSync(I18N).filter((file) => /^[a-z]{2}\.json$/u.test(file))) {
        this.addWatchFile(`${I18N}${name}`)
        const all = JSON.parse(readFileSync(`${I18N}${name}`, 'utf8')) as Record<string, string>
        const own = Object.entries(all).filter(([key]) => key.startsWith('phone.'))
        words[name.slice(0, 2)] = Object.fromEntries(own)
      }
      return `export const WORDS = ${JSON.stringify(words)}`
    },
  }
}

/** Cuts the strings of a language into what the first page says and what comes later. */
function catalogueParts(): Plugin {
  return {
    name: 'catalogue-parts',
    enforce: 'pre',
    load(id) {
      const [, path = '', part] = /^(.*\.json)\?(first|later)$/u.exec(id) ?? []
      if (part === undefined) return null
      this.addWatchFile(path)
      const all = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
      const own = Object.entries(all).filter(([key]) => isLater(key) === (part === 'later'))
      const code = `export default ${JSON.stringify(Object.fromEntries(own))}`
      return { code, moduleType: 'js' }
    },
  }
}

export default defineConfig({
  plugins: [react(), catalogueParts(), phoneWords()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The policy of the pages allows no data: addresses.
    assetsInlineLimit: 0,
    // Older targets would lose light-dark(), by which a part of a page is in the other room.
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    rolldownOptions: {
      input: {
        index: fileURLToPath(new URL('index.html', import.meta.url)),
        // What a phone gets that works the player: a page of its own.
        phone: fileURLToPath(new URL('phone.html', import.meta.url)),
      },
      output: {
        // The manifest names the icon.
        assetFileNames: ({ names }) =>
          names.includes('icon.svg') ? 'assets/icon.svg' : 'assets/[name]-[hash][extname]',
      },
    },
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
})
