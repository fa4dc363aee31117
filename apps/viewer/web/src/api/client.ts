import {
  TOKEN_HEADER,
  browsePageSchema,
  doneSchema,
  filmSchema,
  healthSchema,
  historySchema,
  importedSchema,
  listPageSchema,
  ownListSchema,
  paths,
  personPageSchema,
  programmeSchema,
  sessionSchema,
  settingsPageSchema,
  shelfFileSchema,
  shelfSchema,
  streamStatisticsSchema,
  streamStatusSchema,
  suggestionsSchema,
  tonightSchema,
  workDetailsSchema,
  workHealthSchema,
  type BrowsePage,
  type BrowseQuery,
  type Film,
  type History,
  type Imported,
  type ListPage,
  type OwnList,
  type PersonPage,
  type PlayRequest,
  type Programme,
  type Progress,
  type Settings,
  type SettingsPage,
  type Shelf,
  type ShelfFile,
  type StreamStatistics,
  type StreamStatus,
  type Suggestions,
  type Tonight,
  type WarmRequest,
  type Watched,
  type WorkDetails,
  type WorkHealth,
} from '#api'
import { searchOfQuery } from './browse-search.ts'
import { createAsk, type Ask } from './request.ts'

export { ClientError, codeOf } from './request.ts'

/**
 * The local server, as pages see it. Every method throws `ClientError`, or the signal's reason when it was given
 * up. `language` (BCP 47) is that of the answer's titles and texts.
 */
export interface Client {
  /** For what one page alone asks for, so that no other has to carry it: `feed-client.ts`. */
  readonly ask: Ask
  /** What isn't JSON, such as sound, with the page's token. Rejects when nobody answers. */
  fetch(path: string, signal: AbortSignal): Promise<Response>
  /** Whether anybody is there. */
  health(): Promise<void>
  /** Trades the launch code for a token, which isn't kept here. */
  enter(code: string): Promise<string>
  /** Makes this page's token worthless. */
  leave(): Promise<void>

  /** @param skip ids of works that were refused */
  tonight(language: string, skip: readonly string[], signal?: AbortSignal): Promise<Tonight>
  programme(language: string, signal?: AbortSignal): Promise<Programme>
  browse(language: string, query: BrowseQuery, signal?: AbortSignal): Promise<BrowsePage>
  suggest(language: string, text: string, signal?: AbortSignal): Promise<Suggestions>
  person(language: string, personId: string, signal?: AbortSignal): Promise<PersonPage>
  list(language: string, listId: string, signal?: AbortSignal): Promise<ListPage>

  work(language: string, workId: string, signal?: AbortSignal): Promise<WorkDetails>
  workHealth(workId: string, signal?: AbortSignal): Promise<WorkHealth>
  warmWork(workId: string, request: WarmRequest): Promise<void>
  /** Also sent while the page is going away. */
  coolWork(workId: string): Promise<void>
  playWork(language: string, workId: string, request: PlayRequest): Promise<Film>
  status(streamId: string, signal?: AbortSignal): Promise<StreamStatus>
  statistics(streamId: string, signal?: AbortSignal): Promise<StreamStatistics>
  /** Also sent while the page is going away. */
  closeStream(streamId: string): Promise<void>

  shelf(language: string, signal?: AbortSignal): Promise<Shelf>
  keepProgress(progress: Progress): Promise<void>
  markWatched(watched: Watched): Promise<void>
  markFavourite(workId: string, favourite: boolean): Promise<void>
  addList(name: string): Promise<OwnList>
  renameList(listId: string, name: string): Promise<void>
  dropList(listId: string): Promise<void>
  putOnList(listId: string, workId: string): Promise<void>
  takeFromList(listId: string, workId: string): Promise<void>
  history(
    language: string,
    page: { readonly offset: number; readonly limit: number },
    signal?: AbortSignal,
  ): Promise<History>
  forgetHistory(): Promise<void>
  forgetHistoryEntry(entryId: string): Promise<void>
  exportShelf(): Promise<ShelfFile>
  /** @param file what a file held, whatever it is: the server judges it */
  importShelf(file: unknown): Promise<Imported>

  settings(signal?: AbortSignal): Promise<SettingsPage>
  saveSettings(settings: Settings): Promise<SettingsPage>
}

/**
 * @param token asked at each request, because it changes when the page gets in
 * @param onLoading told of each answer that was given while the catalogue loads works
 */
export function createClient(
  token: () => string | null,
  send: typeof fetch = fetch,
  onLoading?: () => void,
): Client {
  const ask = createAsk(token, send, onLoading)
  const inLanguage = (language: string, more: Readonly<Record<string, string>> = {}) =>
    new URLSearchParams({ language, ...more })
  const act = async (
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<void> => void (await ask(path, doneSchema, { method, body }))

  return {
    ask,
    fetch: (path, signal) =>
      send(path, { signal, headers: { [TOKEN_HEADER]: `Bearer ${token() ?? ''}` } }),
    health: async () => void (await ask(paths.health, healthSchema)),
    enter: async (code) =>
      (await ask(paths.session, sessionSchema, { method: 'POST', body: { code } })).token,
    leave: () => act('DELETE', paths.session),

    tonight: (language, skip, signal) =>
      ask(paths.tonight, tonightSchema, {
        search: inLanguage(language, skip.length === 0 ? {} : { skip: skip.join(',') }),
        signal,
      }),
    programme: (language, signal) =>
      ask(paths.programme, programmeSchema, { search: inLanguage(language), signal }),
    browse: (language, query, signal) => {
      const search = searchOfQuery(query, { withPage: true })
      search.set('language', language)
      return ask(paths.works, browsePageSchema, { search, signal })
    },
    suggest: (language, text, signal) =>
      ask(paths.suggest, suggestionsSchema, { search: inLanguage(language, { text }), signal }),
    person: (language, personId, signal) =>
      ask(paths.person(personId), personPageSchema, { search: inLanguage(language), signal }),
    list: (language, listId, signal) =>
      ask(paths.list(listId), listPageSchema, { search: inLanguage(language), signal }),

    work: (language, workId, signal) =>
      ask(paths.work(workId), workDetailsSchema, { search: inLanguage(language), signal }),
    workHealth: (workId, signal) => ask(paths.workHealth(workId), workHealthSchema, { signal }),
    warmWork: (workId, request) => act('POST', paths.warmWork(workId), request),
    coolWork: (workId) => act('DELETE', paths.warmWork(workId)),
    playWork: (language, workId, request) =>
      ask(paths.playWork(workId), filmSchema, {
        method: 'POST',
        search: inLanguage(language),
        body: request,
      }),
    status: (streamId, signal) => ask(paths.streamStatus(streamId), streamStatusSchema, { signal }),
    statistics: (streamId, signal) =>
      ask(paths.streamStatistics(streamId), streamStatisticsSchema, { signal }),
    closeStream: (streamId) => act('DELETE', paths.stream(streamId)),

    shelf: (language, signal) =>
      ask(paths.shelf, shelfSchema, { search: inLanguage(language), signal }),
    keepProgress: (progress) => act('PUT', paths.shelfProgress, progress),
    markWatched: (watched) => act('PUT', paths.shelfWatched, watched),
    markFavourite: (workId, favourite) => act('PUT', paths.shelfFavourite, { workId, favourite }),
    addList: (name) => ask(paths.shelfLists, ownListSchema, { method: 'POST', body: { name } }),
    renameList: (listId, name) => act('PUT', paths.shelfList(listId), { name }),
    dropList: (listId) => act('DELETE', paths.shelfList(listId)),
    putOnList: (listId, workId) => act('PUT', paths.shelfListWork(listId, workId)),
    takeFromList: (listId, workId) => act('DELETE', paths.shelfListWork(listId, workId)),
    history: (language, { offset, limit }, signal) =>
      ask(paths.shelfHistory, historySchema, {
        search: inLanguage(language, { offset: String(offset), limit: String(limit) }),
        signal,
      }),
    forgetHistory: () => act('DELETE', paths.shelfHistory),
    forgetHistoryEntry: (entryId) => act('DELETE', paths.shelfHistoryEntry(entryId)),
    exportShelf: () => ask(paths.shelfFile, shelfFileSchema),
    importShelf: (file) => ask(paths.shelfFile, importedSchema, { method: 'POST', body: file }),

    settings: (signal) => ask(paths.settings, settingsPageSchema, { signal }),
    saveSettings: (settings) =>
      ask(paths.settings, settingsPageSchema, { method: 'PUT', body: settings }),
  }
}
