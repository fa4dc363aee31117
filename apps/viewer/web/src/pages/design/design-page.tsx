import type { ReactNode } from 'react'
import { ControlSamples } from './control-samples.tsx'
import { FilmSamples } from './film-samples.tsx'
import { PosterSheet } from './poster-sheet.tsx'
import { StateSamples } from './state-samples.tsx'
import { WallSample } from './wall-sample.tsx'
import './design-page.css'

/**
 * Every part of the design in every state, in both rooms: to look at and to be tested. Its words are samples,
 * in English. `?posters` shows posters alone, `?wall` a hundred thousand of them.
 */
export function DesignPage(): ReactNode {
  const query = new URLSearchParams(location.search)
  if (query.has('posters')) return <PosterSheet />
  if (query.has('wall')) return <WallSample total={100_000} />
  return (
    <main className="design-page" id="programme" lang="en">
      <title>Design · Matinee</title>
      <h1>Design</h1>
      {(['house', 'sheet'] as const).map((room) => (
        <div key={room} className={`room ${room}`}>
          <h2 className="room-name">{room === 'house' ? 'The house, dark' : 'The sheet, light'}</h2>
          <FilmSamples room={room} />
          <ControlSamples />
          <StateSamples />
        </div>
      ))}
    </main>
  )
}
