const segment = encodeURIComponent

/**
 * Every address of the server that a page may ask for. Arguments are put in as single path segments. Where text is
 * answered, `?language=` (BCP 47) says in which language.
 */
export const paths = {
  health: '/api/health',
  session: '/api/session',
  quit: '/api/quit',
  tonight: '/api/tonight',
  programme: '/api/programme',
  works: '/api/works',
  suggest: '/api/suggest',
  work: (workId: string): string => `/api/works/${segment(workId)}`,
  workHealth: (workId: string): string => `/api/works/${segment(workId)}/health`,
  warmWork: (workId: string): string => `/api/works/${segment(workId)}/warm`,
  playWork: (workId: string): string => `/api/works/${segment(workId)}/play`,
  person: (personId: string): string => `/api/people/${segment(personId)}`,
  list: (listId: string): string => `/api/lists/${segment(listId)}`,
  stream: (streamId: string): string => `/api/streams/${segment(streamId)}`,
  streamStatus: (streamId: string): string => `/api/streams/${segment(streamId)}/status`,
  streamNext: (streamId: string): string => `/api/streams/${segment(streamId)}/next`,
  streamWay: (streamId: string): string => `/api/streams/${segment(streamId)}/way`,
  streamSound: (streamId: string): string => `/api/streams/${segment(streamId)}/sound`,
  streamPlayer: (streamId: string): string => `/api/streams/${segment(streamId)}/player`,
  streamPictures: (streamId: string): string => `/api/streams/${segment(streamId)}/pictures`,
  streamCast: (streamId: string): string => `/api/streams/${segment(streamId)}/cast`,
  streamCastAct: (streamId: string): string => `/api/streams/${segment(streamId)}/cast/act`,
  streamCastCaptions: (streamId: string): string =>
    `/api/streams/${segment(streamId)}/cast/captions`,
  castScreens: '/api/cast/screens',
  remotes: '/api/remotes',
  remote: (remoteId: string): string => `/api/remotes/${segment(remoteId)}`,
  remoteCode: (remoteId: string): string => `/api/remotes/${segment(remoteId)}/code`,
  remoteTurn: (remoteId: string): string => `/api/remotes/${segment(remoteId)}/turn`,
  streamStatistics: (streamId: string): string => `/api/streams/${segment(streamId)}/statistics`,
  shelf: '/api/shelf',
  shelfProgress: '/api/shelf/progress',
  shelfWatched: '/api/shelf/watched',
  shelfFavourite: '/api/shelf/favourite',
  shelfLists: '/api/shelf/lists',
  shelfList: (listId: string): string => `/api/shelf/lists/${segment(listId)}`,
  shelfListWork: (listId: string, workId: string): string =>
    `/api/shelf/lists/${segment(listId)}/works/${segment(workId)}`,
  shelfHistory: '/api/shelf/history',
  shelfHistoryEntry: (entryId: string): string => `/api/shelf/history/${segment(entryId)}`,
  shelfFile: '/api/shelf/file',
  shelfSealed: '/api/shelf/sealed',
  shelfMerge: '/api/shelf/merge',
  settings: '/api/settings',
  feeds: '/api/feeds',
  feedLook: '/api/feeds/look',
  feedFile: '/api/feeds/file',
  feedFollow: '/api/feeds/follow',
  feedOrder: '/api/feeds/order',
  feed: (feedId: string): string => `/api/feeds/${segment(feedId)}`,
  feedRefresh: (feedId: string): string => `/api/feeds/${segment(feedId)}/refresh`,
  feedSources: (feedId: string): string => `/api/feeds/${segment(feedId)}/sources`,
  kept: '/api/kept',
  keptRoom: '/api/kept/room',
  keptOne: (keptId: string): string => `/api/kept/${segment(keptId)}`,
  keptRemoval: (keptId: string): string => `/api/kept/${segment(keptId)}/removal`,
  keptReturn: (keptId: string): string => `/api/kept/${segment(keptId)}/return`,
  keepWork: (workId: string): string => `/api/works/${segment(workId)}/keep`,
  keepPrice: (workId: string): string => `/api/works/${segment(workId)}/keep/price`,
  keptOfWork: (workId: string): string => `/api/works/${segment(workId)}/kept`,
  diagnosis: '/api/diagnosis',
  diagnosisDht: '/api/diagnosis/dht',
  update: '/api/update',
  updatePutOff: '/api/update/put-off',
  profiles: '/api/profiles',
  profileChoice: '/api/profiles/choice',
  profile: (profileId: string): string => `/api/profiles/${segment(profileId)}`,
  profilePin: (profileId: string): string => `/api/profiles/${segment(profileId)}/pin`,
  profileRemoval: (profileId: string): string => `/api/profiles/${segment(profileId)}/removal`,
  media: (token: string, number: number): string => `/media/${token}/${number}`,
} as const

/** The header that carries the session token, with `Bearer ` before it. */
export const TOKEN_HEADER = 'authorization'

/** Characters of a token or a launch code: 128 bits in base64url. */
export const TOKEN_CHARACTERS = 22
