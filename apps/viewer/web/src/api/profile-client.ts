import {
  paths,
  profilesSchema,
  type PinChange,
  type Profile,
  type ProfileChange,
  type ProfileChoice,
  type ProfileDraft,
  type Profiles,
} from '#api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query'
import type { Ask } from './request.ts'
import { useClient } from './client-context.tsx'

const PROFILES_KEY = ['profiles'] as const

/** What the server does about profiles, for the pages that show them. Every method throws `ClientError`. */
export interface ProfileClient {
  choose(choice: ProfileChoice): Promise<Profiles>
  add(draft: ProfileDraft): Promise<Profiles>
  change(id: string, change: ProfileChange): Promise<Profiles>
  /** @param pin that profile's own, where it's another grown-up's with one */
  remove(id: string, pin: string | null): Promise<Profiles>
  setPin(id: string, change: PinChange): Promise<Profiles>
}

/** @param ask as the page's client asks */
export function createProfileClient(ask: Ask): ProfileClient {
  const send = (method: 'POST' | 'PUT', path: string, body: unknown): Promise<Profiles> =>
    ask(path, profilesSchema, { method, body })
  return {
    choose: (choice) => send('POST', paths.profileChoice, choice),
    add: (draft) => send('POST', paths.profiles, draft),
    change: (id, change) => send('PUT', paths.profile(id), change),
    remove: (id, pin) => send('POST', paths.profileRemoval(id), { pin }),
    setPin: (id, change) => send('PUT', paths.profilePin(id), change),
  }
}

/** The profiles, and who watches here. */
export function useProfiles(): UseQueryResult<Profiles> {
  const { ask } = useClient()
  return useQuery({
    queryKey: PROFILES_KEY,
    queryFn: ({ signal }) => ask(paths.profiles, profilesSchema, { signal }),
  })
}

/** Does something about profiles. A wrong PIN changes how long the next try has to wait, so they're asked for anew. */
export function useProfileAct<Input>(
  act: (client: ProfileClient, input: Input) => Promise<Profiles>,
): UseMutationResult<Profiles, Error, Input> {
  const { ask } = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => act(createProfileClient(ask), input),
    onSuccess: (profiles) => queries.setQueryData(PROFILES_KEY, profiles),
    onError: () => queries.invalidateQueries({ queryKey: PROFILES_KEY }),
  })
}

/** What a profile is like, to be changed. */
export function draftOf(profile: Profile): ProfileDraft {
  const { name, picture, ageLimit, withUnrated, languages, subtitles } = profile
  return { name, picture, ageLimit, withUnrated, languages, subtitles }
}
