/** Parts of a catalogue, as vite.config.ts cuts them. */
declare module '*.json?first' {
  const strings: Readonly<Record<string, string>>
  export default strings
}
declare module '*.json?later' {
  const strings: Readonly<Record<string, string>>
  export default strings
}
