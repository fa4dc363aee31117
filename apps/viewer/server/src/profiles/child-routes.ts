/**
 * What a children's profile may ask for, whole: whatever isn't here is refused (O4), so that a route that is added is not a
 * child's before somebody has thought of it. The works in these answers come from a catalogue that knows the age.
 */
const CHILD_ROUTES: readonly (readonly [string, string])[] = [
  ['GET', '/api/settings'],
  ['GET', '/api/tonight'],
  ['GET', '/api/programme'],
  ['GET', '/api/works'],
  ['GET', '/api/suggest'],
  ['GET', '/api/works/*'],
  ['GET', '/api/works/*/health'],
  ['GET', '/api/works/*/kept'],
  ['POST', '/api/works/*/warm'],
  ['DELETE', '/api/works/*/warm'],
  ['POST', '/api/works/*/play'],
  ['GET', '/api/people/*'],
  ['GET', '/api/lists/*'],
  // Named by 128 bits that only who opened it was told.
  ['GET', '/api/streams/*/status'],
  ['GET', '/api/streams/*/statistics'],
  // What it may see next, got ready.
  ['POST', '/api/streams/*/next'],
  ['DELETE', '/api/streams/*/next'],
  ['POST', '/api/streams/*/way'],
  ['GET', '/api/streams/*/sound'],
  // It shows that film and nothing else.
  ['POST', '/api/streams/*/player'],
  ['DELETE', '/api/streams/*'],
  ['GET', '/api/streams/*/pictures'],
  // The film that it may see, on a larger screen.
  ['GET', '/api/cast/screens'],
  ['GET', '/api/streams/*/cast'],
  ['POST', '/api/streams/*/cast'],
  ['DELETE', '/api/streams/*/cast'],
  ['POST', '/api/streams/*/cast/act'],
  ['PUT', '/api/streams/*/cast/captions'],
  // Works what plays here.
  ['POST', '/api/remotes'],
  ['POST', '/api/remotes/*/code'],
  ['POST', '/api/remotes/*/turn'],
  ['DELETE', '/api/remotes/*'],
  ['GET', '/api/shelf'],
  ['PUT', '/api/shelf/progress'],
  ['PUT', '/api/shelf/watched'],
  ['PUT', '/api/shelf/favourite'],
  ['POST', '/api/shelf/lists'],
  ['PUT', '/api/shelf/lists/*'],
  ['DELETE', '/api/shelf/lists/*'],
  ['PUT', '/api/shelf/lists/*/works/*'],
  ['DELETE', '/api/shelf/lists/*/works/*'],
  ['GET', '/api/shelf/history'],
  ['DELETE', '/api/shelf/history'],
  ['DELETE', '/api/shelf/history/*'],
]

/** Whether a children's profile may ask for this. `*` stands for one segment of the path as it was sent. */
export function mayChildAsk(method: string, path: string): boolean {
  const asked = path.split('/')
  const verb = method === 'HEAD' ? 'GET' : method
  return CHILD_ROUTES.some(([allowed, pattern]) => {
    const parts = pattern.split('/')
    return (
      verb === allowed &&
      parts.length === asked.length &&
      parts.every((part, at) => part === asked[at] || (part === '*' && asked[at] !== ''))
    )
  })
}
