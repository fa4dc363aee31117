const PROFILE_KEY = 'matinee.profile'

/** Who watches in this browser, as far as it knows; the server alone decides. Null = never chosen. */
export function rememberedProfile(): string | null {
  return localStorage.getItem(PROFILE_KEY)
}

/** From now on the other profile's choices are remembered; other tabs of this browser begin anew with it. */
export function rememberProfile(id: string): void {
  localStorage.setItem(PROFILE_KEY, id)
}

/** Under which name something is kept in this browser for whoever watches. The first profile has the plain names. */
export function ownKey(key: string): string {
  const id = rememberedProfile()
  return id === null || id === 'first' ? key : `${key}.${id}`
}

/** Calls `changed` when another tab says that somebody else watches. */
export function onOtherProfile(changed: () => void): void {
  addEventListener('storage', ({ key }) => {
    if (key === PROFILE_KEY) changed()
  })
}
