/**
 * The strings `phone.*` of the pages' catalogues, by language and key. They're put in when the pages are built
 * (vite.config.ts): the catalogues whole would be many times this page.
 */
export const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {}
