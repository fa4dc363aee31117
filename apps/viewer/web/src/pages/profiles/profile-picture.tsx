import type { ProfilePicture as PictureName } from '#api'
import type { ReactNode } from 'react'
import './profile-picture.css'

/** One of the drawn pictures of profiles. Words beside it say whose it is. */
export function ProfilePicture({ name }: { readonly name: PictureName }): ReactNode {
  const Drawing = DRAWINGS[name]
  return (
    <svg className={`profile-picture is-${name}`} viewBox="0 0 96 96" aria-hidden="true">
      <rect width="96" height="96" className="picture-ground" />
      <Drawing />
    </svg>
  )
}

const DRAWINGS: Readonly<Record<PictureName, () => ReactNode>> = {
  reel: () => (
    <>
      <circle cx="48" cy="48" r="32" className="picture-light" />
      <circle cx="48" cy="48" r="5" className="picture-ground" />
      <path
        d="M48 20a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM48 58a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM67 39a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM29 39a9 9 0 1 1 0 18 9 9 0 0 1 0-18z"
        className="picture-ground"
      />
    </>
  ),
  ticket: () => (
    <>
      <path
        d="M16 34h64v9a6 6 0 0 0 0 12v9H16v-9a6 6 0 0 0 0-12z"
        className="picture-light"
        transform="rotate(-14 48 49)"
      />
      <path d="M60 36v4m0 4v4m0 4v4m0 4v2" className="picture-line" transform="rotate(-14 48 49)" />
    </>
  ),
  moon: () => (
    <>
      <path d="M58 18a32 32 0 1 0 20 50A27 27 0 0 1 58 18z" className="picture-light" />
      <path d="M74 24l2 5 5 2-5 2-2 5-2-5-5-2 5-2z" className="picture-light" />
    </>
  ),
  owl: () => (
    <>
      <path
        d="M22 20q10 8 26 8t26-8q6 26 0 44-6 16-26 16T22 64q-6-18 0-44z"
        className="picture-light"
      />
      <circle cx="36" cy="44" r="10" className="picture-ground" />
      <circle cx="60" cy="44" r="10" className="picture-ground" />
      <circle cx="36" cy="44" r="4" className="picture-light" />
      <circle cx="60" cy="44" r="4" className="picture-light" />
      <path d="M48 52l5 8h-10z" className="picture-ground" />
    </>
  ),
  cat: () => (
    <>
      <path d="M22 18l16 14h20l16-14v38q0 24-26 24T22 56z" className="picture-light" />
      <path d="M34 48q4-5 8 0M54 48q4-5 8 0M44 60l4 4 4-4" className="picture-line" />
    </>
  ),
  kite: () => (
    <>
      <path d="M58 12l20 28-34 22-12-30z" className="picture-light" />
      <path d="M58 12L44 62M32 32l46 8" className="picture-line" />
      <path d="M44 62q-6 8-2 12t-6 10" className="picture-string" />
    </>
  ),
  boat: () => (
    <>
      <path d="M46 14v44H18zM52 24v34h24z" className="picture-light" />
      <path d="M14 64h68q-6 16-20 16H34Q20 80 14 64z" className="picture-light" />
    </>
  ),
  lantern: () => (
    <>
      <path d="M36 26h24l8 12v28l-8 10H36l-8-10V38z" className="picture-light" />
      <path d="M40 26q0-12 8-12t8 12M28 40h40M28 64h40" className="picture-string" />
      <path d="M48 42q9 8 0 18-9-10 0-18z" className="picture-ground" />
    </>
  ),
}
