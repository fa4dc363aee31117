import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The policy of the pages allows no data: addresses.
    assetsInlineLimit: 0,
    // Older targets would lose light-dark(), by which a part of a page is in the other room.
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    rolldownOptions: {
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
